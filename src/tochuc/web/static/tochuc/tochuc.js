// Conveniences only: every page works without this file.
(() => {
  "use strict";
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const body = document.body;
  const user = body.dataset.user || "";
  const DAYS = 864e5;

  // Errors first: the summary takes the focus, and its links focus the field with its label in view.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
  all(".summary-errors a").forEach((link) =>
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest(".field") || field).scrollIntoView();
      field.focus({ preventScroll: true });
    })
  );

  // Menus close like menus.
  const shut = (except) => all("details.menu[open]").forEach((m) => m !== except && (m.open = false));
  document.addEventListener("click", (e) => shut(e.target.closest("details.menu")));
  document.addEventListener("keydown", (e) => {
    const menu = e.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) (menu.open = false), menu.querySelector("summary").focus();
  });

  all("[data-print]").forEach((b) => ((b.hidden = false), b.addEventListener("click", () => print())));
  all("[data-show-password]").forEach((box) => {
    box.parentElement.hidden = false;
    box.addEventListener("change", () => {
      document.getElementById(box.dataset.showPassword).type = box.checked ? "text" : "password";
    });
  });

  // Sent once: the button says so, and comes back with the page or after a while (a download leaves us here).
  let leaving = false;
  all("form").forEach((form) => {
    if (form.method !== "post") return;
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "1";
      leaving = true;
      const pressed = event.submitter;
      const words = pressed && pressed.innerHTML;
      const free = () => {
        delete form.dataset.sent;
        leaving = false;
        if (pressed) (pressed.disabled = false), (pressed.innerHTML = words);
      };
      setTimeout(() => {
        if (!pressed) return;
        pressed.disabled = true;
        if (pressed.classList.contains("button")) pressed.textContent = pressed.dataset.busy || "Đang lưu…";
      });
      setTimeout(free, form.hasAttribute("data-download") ? 2e3 : 2e4);
      addEventListener("pageshow", free, { once: true });
    });
  });

  // Leaving a changed form asks first.
  all("form[data-guard]").forEach((form) => form.addEventListener("input", () => (form.dataset.changed = "1")));
  addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("form[data-changed]")) event.preventDefault();
  });

  // People and organisations: suggestions while typing, as the same list that the server draws.
  all("[data-finder]").forEach((box) => {
    const input = box.querySelector("input[type=text]");
    const found = box.querySelector(".finder-found");
    let timer, asked;
    const look = async () => {
      const q = input.value.trim();
      if (q === asked || q.length < 2) return;
      asked = q;
      const { finder, name, id } = box.dataset;
      const url = `${finder}${finder.includes("?") ? "&" : "?"}${new URLSearchParams({ q, name, id })}`;
      const answer = await fetch(url, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
      if (answer && answer.ok && !answer.redirected && q === asked) found.innerHTML = await answer.text();
    };
    input.addEventListener("input", () => (clearTimeout(timer), (timer = setTimeout(look, 250))));
    box.querySelector("button").addEventListener("click", (event) => (event.preventDefault(), look()));
  });

  // Drafts: kept on this machine for this user until the form has succeeded, or the user logs out.
  const PREFIX = `tochuc:${user}:`;
  let store;
  try {
    (store = localStorage).getItem("");
  } catch {
    return;
  }
  const keys = () => Object.keys(store).filter((k) => k.startsWith(PREFIX));
  const read = (key) => {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  };
  all("form[data-log-out]").forEach((f) => f.addEventListener("submit", () => keys().forEach((k) => store.removeItem(k))));
  if (!user) return;
  const forms = all("form[data-draft]");
  const keyOf = (form) => `${PREFIX}${location.pathname}:${form.dataset.draft}`;
  const here = new Set(forms.map(keyOf));
  keys().forEach((key) => {
    const kept = read(key);
    const failed = body.hasAttribute("data-keep-drafts") || (here.has(key) && summary);
    const done = kept && kept.sent && !failed && (!here.has(key) || document.querySelector(".notice.success"));
    if (!kept || done || Date.now() - kept.at > 7 * DAYS) store.removeItem(key);
  });

  const clock = (at) => new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const skip = (e) => !e.name || e.closest("[data-no-draft]") || ["hidden", "password", "file", "submit", "button"].includes(e.type);
  forms.forEach((form) => {
    const key = keyOf(form);
    const note = form.querySelector("[data-draft-note]") || document.createElement("p");
    const fields = () => [...form.elements].filter((e) => !skip(e));
    const take = () =>
      fields().map((e) => [e.name, e.type === "checkbox" || e.type === "radio" ? [e.value, e.checked] : e.value]);
    const first = JSON.stringify(take());
    const kept = read(key);
    if (kept && !summary && JSON.stringify(kept.values) !== first) {
      const list = fields();
      kept.values.forEach(([name, value], i) => {
        const e = list[i] && list[i].name === name ? list[i] : null;
        if (!e) return;
        if (Array.isArray(value)) e.checked = e.value === value[0] ? value[1] : e.checked;
        else e.value = value;
      });
      note.textContent = `Đã khôi phục bản nháp lúc ${clock(kept.at)}. `;
      const drop = document.createElement("button");
      drop.type = "button";
      drop.textContent = "Bỏ bản nháp";
      drop.addEventListener("click", () => (store.removeItem(key), (leaving = true), location.reload()));
      note.append(drop);
    }
    const save = (sent) => {
      const at = Date.now();
      try {
        store.setItem(key, JSON.stringify({ at, sent, values: take() }));
      } catch {
        return;
      }
      note.textContent = `Đã lưu nháp lúc ${clock(at)}`;
    };
    let timer;
    form.addEventListener("input", () => (clearTimeout(timer), (timer = setTimeout(save, 800, false))));
    form.addEventListener("submit", () => (clearTimeout(timer), save(true)));
  });
})();
