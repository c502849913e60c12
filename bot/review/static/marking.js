// Marks entities in a message. What is sent is the field with the annotated words; everything here only writes it.
"use strict";
(() => {
  const ANNOTATED = /\\([\[\]\\])|\[((?:\\[\[\]\\]|[^\[\]\\])+)\](?:\(([^()]*)\)|(\{[^{}]*\}))/g;
  const WORD = /[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*/gu;

  const object = (text) => {
    try { return JSON.parse(text); } catch { return {}; }
  };

  const marksOf = (annotated) => {
    const marks = [];
    let length = 0, last = 0;
    for (const found of annotated.matchAll(ANNOTATED)) {
      length += found.index - last;
      last = found.index + found[0].length;
      const words = found[1] ?? found[2].replace(/\\(.)/g, "$1");
      const told = found[4] ? object(found[4]) : { entity: found[3] };
      if (!found[1]) marks.push({ start: length, end: length + words.length, entity: told.entity ?? "", value: told.value ?? "" });
      length += words.length;
    }
    return marks;
  };

  const escaped = (text) => text.replace(/[\[\]\\]/g, "\\$&");
  const told = ({ entity, value }) => (value ? JSON.stringify({ entity, value }) : `(${entity})`);
  const annotate = (text, marks) => {
    let at = 0, written = "";
    for (const mark of marks) {
      written += `${escaped(text.slice(at, mark.start))}[${escaped(text.slice(mark.start, mark.end))}]${told(mark)}`;
      at = mark.end;
    }
    return written + escaped(text.slice(at));
  };

  const prepare = (form) => {
    const panel = form.querySelector("[data-marking]");
    if (!panel || !panel.hidden) return;
    const part = (name) => form.querySelector(`[data-${name}]`);
    const [words, entity, value, mark, said, list, field] =
      ["words", "entity", "value", "mark", "said", "marks", "annotated"].map(part);
    const text = words.value;

    const show = () => {
      list.replaceChildren(...marksOf(field.value).map((each) => {
        const row = panel.querySelector("template").content.cloneNode(true);
        row.querySelector("span").textContent = `${text.slice(each.start, each.end)}: ${each.entity}${each.value ? ` = ${each.value}` : ""}`;
        const button = row.querySelector("button");
        button.setAttribute("aria-label", `${button.textContent}: ${text.slice(each.start, each.end)}`);
        button.addEventListener("click", () => { drop(each.start, each.end); words.focus(); });
        return row;
      }));
    };
    const write = (marks) => { field.value = annotate(text, marks); show(); };
    const apart = (start, end) => marksOf(field.value).filter((each) => each.end <= start || end <= each.start);
    const drop = (start, end) => write(apart(start, end));

    const chosen = () => {
      const picked = text.slice(words.selectionStart, words.selectionEnd);
      const start = words.selectionStart + picked.length - picked.trimStart().length;
      return [start, start + picked.trim().length];
    };
    const add = () => {
      const [start, end] = chosen();
      const name = entity.value.trim();
      const known = [...entity.list.options].some((option) => option.value === name);
      said.textContent = start === end ? mark.dataset.noWords : known ? "" : mark.dataset.noEntity;
      if (said.textContent) return (start === end ? words : entity).focus();
      const meant = value.value.trim();
      const made = { start, end, entity: name, value: meant === text.slice(start, end) ? "" : meant };
      write([...apart(start, end), made].sort((one, other) => one.start - other.start));
      entity.value = value.value = "";
      words.focus();
    };

    const step = (by, extend) => {
      const all = [...text.matchAll(WORD)].map((found) => [found.index, found.index + found[0].length]);
      if (!all.length) return;
      const { selectionStart: start, selectionEnd: end } = words;
      const first = all.findIndex((word) => word[1] > start);
      const last = all.findLastIndex((word) => word[0] < end);
      const within = (place) => Math.min(Math.max(place, 0), all.length - 1);
      if (start === end) return words.setSelectionRange(...all[within(by > 0 ? (first < 0 ? all.length : first) : last)]);
      const to = within((extend || by > 0 ? last : first) + by);
      const from = extend ? Math.min(within(first), to) : to;
      words.setSelectionRange(all[from][0], all[to][1]);
    };

    words.setSelectionRange(0, 0);
    words.addEventListener("keydown", (event) => {
      const meanings = {
        ArrowRight: () => step(1, event.shiftKey),
        ArrowLeft: () => step(-1, event.shiftKey),
        Enter: () => entity.focus(),
        Delete: () => drop(...chosen()),
        Backspace: () => drop(...chosen()),
      };
      if (event.ctrlKey || event.metaKey || event.altKey || !meanings[event.key]) return;
      event.preventDefault();
      meanings[event.key]();
    });
    for (const input of [entity, value]) {
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        add();
      });
    }
    mark.addEventListener("click", add);
    field.addEventListener("input", show);
    panel.hidden = false;
    show();
  };

  document.addEventListener("toggle", (event) => {
    if (event.target.matches("details.label[open]")) prepare(event.target.querySelector("form"));
  }, true);
})();
