"""The review console: what people who work in the shop see, judge and decide, in the browser at /console/.

A new page is a view and one entry. In a module of its own (`bot/review/figures.py`):

    def show(visit: Visit) -> Response:
        return visit.render("figures.html", rows=...)

    PAGES = (Page("/figures", show, Role.VIEWER, title="nav_figures"),)

and its `PAGES` in the list of `bot/review/registry.py`. The template lies in `templates/` and extends `shell.html`
(blocks `title` and `content`); its words, `nav_figures` too, in a file of `texts/`, German and English beside
each other. Styles and scripts are files in `static/`, named with `asset("figures.css")`: the policy of the browser
allows nothing inline. A page that changes something is a second entry with `method="POST"`: sign-in, role, form
token and origin are checked before the view is called, and the form's fields are `visit.form`. What a view reads,
it reads with `visit.console.database`; it runs in a thread of its own and may wait. For the keyboard, `data-row`
on what j and k move among and `data-key="x"` on what x presses are enough (`static/keys.js`).
"""
