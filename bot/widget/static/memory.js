// What the browser keeps once the chat was opened: for all tabs the chat itself, for one tab what is being written.

export class Memory {
  // `changed` is set by who wants to know what another tab did: it gets the values before and after
  constructor(key) {
    this.key = key;
    this.changed = () => undefined;
    this.shared = new Drawer("localStorage", key);
    this.tab = new Drawer("sessionStorage", key);
    addEventListener("storage", (event) => {
      if (event.key !== key && event.key !== null) return;
      const before = this.shared.values;
      this.shared.refresh();
      this.changed(before, this.shared.values);
    });
  }

  forget() {
    this.shared.clear();
    this.tab.clear();
  }
}

// Where a browser forbids storage the chat goes on without: it then ends with the page.
class Drawer {
  constructor(storage, key) {
    this.storage = storage;
    this.key = key;
    this.refresh();
  }

  refresh() {
    try {
      this.values = JSON.parse(window[this.storage].getItem(this.key) || "{}");
    } catch {
      this.values = {};
    }
  }

  keep(changes) {
    this.values = { ...this.values, ...changes };
    try {
      window[this.storage].setItem(this.key, JSON.stringify(this.values));
    } catch {
      return;
    }
  }

  clear() {
    this.values = {};
    try {
      window[this.storage].removeItem(this.key);
    } catch {
      return;
    }
  }
}
