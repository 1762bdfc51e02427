// Conveniences only: every page works without this file.
(() => {
  "use strict";
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const on = (target, event, act, options) => target.addEventListener(event, act, options);
  const body = document.body;

  // Errors first: the summary takes the focus, its links focus the field with its label in view.
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
  all(".summary-errors a").forEach((link) =>
    on(link, "click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest(".field") || field).scrollIntoView();
      field.focus({ preventScroll: true });
    })
  );

  // Menus close like menus.
  const menus = () => all("details.menu[open]");
  on(document, "click", (e) => menus().forEach((m) => m.contains(e.target) || (m.open = false)));
  on(document, "keydown", (e) => {
    if (e.key !== "Escape") return;
    menus().forEach((m) => ((m.open = false), m.firstElementChild.focus()));
  });

  all("[data-print]").forEach((b) => ((b.hidden = false), on(b, "click", () => print())));
  all("[data-show-password]").forEach((box) => {
    box.parentElement.hidden = false;
    const password = document.getElementById(box.dataset.showPassword);
    on(box, "change", () => (password.type = box.checked ? "text" : "password"));
  });

  // Sent once: the button says so, and comes back with the page or after a while.
  let leaving = false;
  all("form[method=post]").forEach((form) =>
    on(form, "submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = leaving = true;
      const b = event.submitter || {};
      const words = b.innerHTML;
      const free = () => {
        delete form.dataset.sent;
        leaving = b.disabled = false;
        b.innerHTML = words;
      };
      setTimeout(() => {
        b.disabled = true;
        if (b.matches?.(".button")) b.textContent = b.dataset.busy || "Đang lưu…";
      });
      setTimeout(free, form.hasAttribute("data-download") ? 2e3 : 2e4);
      on(window, "pageshow", free, { once: true });
    })
  );

  // Leaving a changed form asks first.
  all("form[data-guard]").forEach((form) => on(form, "input", () => (form.dataset.changed = 1)));
  on(window, "beforeunload", (event) => {
    if (!leaving && document.querySelector("form[data-changed]")) event.preventDefault();
  });

  // People and organisations: the list that the server draws, while typing.
  all("[data-finder]").forEach((box) => {
    const [input, found, button] = ["input", ".finder-found", "button"].map((w) => box.querySelector(w));
    const { finder, name, id } = box.dataset;
    let timer, asked;
    const look = async () => {
      const q = input.value.trim();
      if (q === asked || q.length < 2) return;
      asked = q;
      const url = finder + (finder.includes("?") ? "&" : "?") + new URLSearchParams({ q, name, id });
      const answer = await fetch(url).catch(() => ({}));
      if (answer.ok && !answer.redirected && q === asked) found.innerHTML = await answer.text();
    };
    on(input, "input", () => (clearTimeout(timer), (timer = setTimeout(look, 250))));
    on(button, "click", (event) => (event.preventDefault(), look()));
  });

  // Drafts stay on this machine for this user until the form has succeeded, or the user logs out.
  const user = body.dataset.user;
  if (!user) return;
  const prefix = `tochuc:${user}:`;
  let store;
  try {
    store = localStorage;
  } catch {
    return;
  }
  const keys = () => Object.keys(store).filter((k) => k.startsWith(prefix));
  const drop = (key) => store.removeItem(key);
  all("form[data-log-out]").forEach((f) => on(f, "submit", () => keys().forEach(drop)));
  const forms = all("form[data-draft]");
  const keyOf = (form) => prefix + location.pathname + ":" + form.dataset.draft;
  const here = forms.map(keyOf);
  keys().forEach((key) => {
    const kept = JSON.parse(store[key]);
    const done = here.includes(key)
      ? !summary && document.querySelector(".notice.success")
      : !("keepDrafts" in body.dataset);
    if ((kept.sent && done) || Date.now() - kept.at > 6048e5) drop(key);
  });

  const clock = (at) => new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const never = /hidden|password|file|submit|button|fieldset/;
  forms.forEach((form) => {
    const key = keyOf(form);
    const note = form.querySelector("[data-draft-note]") || document.createElement("p");
    const fields = () => [...form.elements].filter((e) => e.name && !never.test(e.type) && !e.closest("[data-no-draft]"));
    const take = () => fields().map((e) => [e.name, e.value, e.checked]);
    const kept = store[key] && JSON.parse(store[key]);
    if (kept && !summary && JSON.stringify(kept.values) !== JSON.stringify(take())) {
      const list = fields();
      kept.values.forEach(([name, value, checked], i) => {
        const e = list[i];
        if (!e || e.name !== name) return;
        if (!/radio|checkbox/.test(e.type)) e.value = value;
        else if (e.value === value) e.checked = checked;
      });
      note.textContent = `Đã khôi phục bản nháp lúc ${clock(kept.at)}. `;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Bỏ bản nháp";
      on(button, "click", () => (drop(key), (leaving = true), location.reload()));
      note.append(button);
    }
    let timer;
    const save = (sent) => {
      clearTimeout(timer);
      const at = Date.now();
      store[key] = JSON.stringify({ at, sent, values: take() });
      note.textContent = `Đã lưu nháp lúc ${clock(at)}`;
    };
    on(form, "input", () => (clearTimeout(timer), (timer = setTimeout(save, 800))));
    on(form, "submit", () => save(true));
  });
})();
