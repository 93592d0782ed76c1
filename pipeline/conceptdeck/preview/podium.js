// The speaker's page: where it goes, the followers go. It shows how many these are, and where they come in.
"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const { token } = root.dataset;
  root.removeAttribute("data-token");
  const beside = new URLSearchParams(location.search).has("speaker"); // the window with the notes
  const led = () => beside && window.opener && !window.opener.closed; // then the other window steers for both
  const dialog = find(".invitation"), captioned = find(".captioned"), present = find(".present");
  const LATER = 2_000; // milliseconds
  let here = null, sent = "", known = false, busy = false, ended = false;

  const ask = (path, said) => fetch(path, {
    method: "POST", headers: { "Content-Type": "application/json", "X-Conceptdeck-Token": token }, body: JSON.stringify(said),
  });

  document.addEventListener("deck:show", ({ detail }) => {
    here = detail;
    if (known) dialog.close(); // the talk goes on
    steer();
  });

  async function steer() {
    if (!known || busy || ended || led()) return;
    const said = { key: here.key, step: here.whole ? "whole" : String(here.step) };
    if (JSON.stringify(said) === sent) return;
    busy = true;
    try {
      if ((await ask("/steer", said)).ok) sent = JSON.stringify(said);
    } catch {
      await new Promise((done) => setTimeout(done, LATER));
    }
    busy = false;
    steer(); // where the page went meanwhile
  }

  // --- what the speaker hears ---

  function listen() {
    const source = new EventSource(`/events?token=${encodeURIComponent(token)}`);
    source.addEventListener("at", (event) => {
      if (known) return;
      const { key, step } = JSON.parse(event.data);
      known = true;
      if (!led()) document.dispatchEvent(new CustomEvent("deck:go", { detail: { key, step } }));
      steer();
    });
    source.addEventListener("hall", (event) => {
      const { followers, captions } = JSON.parse(event.data);
      present.textContent = present.dataset.says.replace("{0}", followers.toLocaleString(root.lang));
      captioned.setAttribute("aria-pressed", captions);
    });
    source.addEventListener("end", () => {
      ended = true;
      source.close();
      present.textContent = present.dataset.ended;
    });
    source.addEventListener("error", () => {
      source.close();
      if (ended) return;
      present.textContent = present.dataset.lost;
      setTimeout(listen, LATER);
    });
  }

  // --- what the speaker does ---

  const caption = () => ask("/captions", { on: captioned.getAttribute("aria-pressed") === "true" ? "no" : "yes" });
  const invite = () => {
    if (led()) return window.opener.document.querySelector(".invite").click(); // that is what the hall sees
    return dialog.open ? dialog.close() : dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || find(".help").open) return;
    const act = { a: invite, c: caption }[event.key.toLowerCase()];
    if (act) event.preventDefault();
    act?.();
    if (dialog.open && !act && !["Tab", "Shift"].includes(event.key)) { // whatever goes on with the talk ends this first
      event.preventDefault();
      event.stopImmediatePropagation();
      dialog.close();
    }
  });
  find(".invite").addEventListener("click", invite);
  captioned.addEventListener("click", caption);
  listen();
})();
