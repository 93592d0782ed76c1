// A page that goes with the speaker, until its reader looks around; and what the speaker says, if it may be read.
"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const strip = find(".follow"), state = find(".follow .state"), back = find(".follow .return");
  const toggle = find(".follow .told"), on = find(".follow .on"), captions = find(".captions");
  const SILENCE = 25_000, LATER = 1_000; // milliseconds: after which the line is dead, and before another try
  const LOOKING = "conceptdeck.looking";

  const recall = (value) => {
    try {
      if (value !== undefined) sessionStorage.setItem(LOOKING, value);
      return sessionStorage.getItem(LOOKING);
    } catch { return ""; } // a browser need not remember
  };
  let there = null, here = null; // where the speaker is, and where this page is
  let following = recall() !== "yes", connected = false, ended = false;
  let wanted = true, told = ""; // whether its reader wants captions, and those that are there

  // --- where the page is ---

  const within = (key) => there.key === key || there.parts.includes(key);

  document.addEventListener("deck:show", ({ detail }) => {
    here = detail;
    if (detail.own && there && !within(detail.key)) look(true);
    tell();
  });

  function look(around) {
    following = !around;
    recall(around ? "yes" : "no");
  }

  function go() {
    document.dispatchEvent(new CustomEvent("deck:go", { detail: there }));
  }

  back.addEventListener("click", () => {
    if (root.classList.contains("is-grid")) find("button.overview").click();
    look(false);
    if (there) go();
    tell();
    find(".slide.current")?.focus({ preventScroll: true });
  });

  on.addEventListener("click", () => {
    const next = there.parts[there.parts.indexOf(here.key) + 1];
    document.dispatchEvent(new CustomEvent("deck:go", { detail: { key: next, step: there.step } }));
  });

  function tell() {
    const is = ended ? "ended" : !connected ? (there ? "lost" : "waiting") : following ? "following" : "looking";
    strip.dataset.is = is;
    if (state.textContent !== state.dataset[is]) state.textContent = state.dataset[is];
    back.hidden = following || ended;
    const parts = following && here && there?.parts.length > 1 ? there.parts : [];
    on.hidden = !parts.slice(0, -1).includes(here?.key);
    if (!on.hidden) on.textContent = on.dataset.says.replace("{0}", parts.indexOf(here.key) + 1).replace("{1}", parts.length);
  }

  // --- what the speaker says ---

  function caption() {
    const lines = there?.captions ?? [];
    toggle.hidden = there?.captions == null;
    const shown = wanted && !toggle.hidden;
    captions.hidden = !shown;
    root.classList.toggle("has-captions", shown);
    const said = captions.firstElementChild;
    const fresh = JSON.stringify([there?.key, lines]);
    if (told === fresh) return; // a click says nothing new
    told = fresh;
    said.replaceChildren(...lines.map(([line, direction]) => {
      const made = document.createElement("p"), runs = made.appendChild(document.createElement("bdi"));
      runs.dir = direction;
      runs.textContent = line;
      return made;
    }));
    captions.scrollTop = 0;
  }

  toggle.addEventListener("click", () => {
    wanted = !wanted;
    toggle.setAttribute("aria-pressed", wanted);
    caption();
  });

  // --- the line to the speaker ---

  let source = null, silence = 0, again = 0;

  function listen() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(`events?language=${encodeURIComponent(root.lang)}`);
    for (const kind of ["open", "alive"]) source.addEventListener(kind, hear);
    source.addEventListener("error", lose);
    source.addEventListener("at", (event) => {
      const before = there;
      there = JSON.parse(event.data);
      hear();
      caption();
      const stays = before?.key === there.key && before.step === there.step && within(here.key); // told of captions only
      if (following && !stays) go();
      tell();
    });
    source.addEventListener("end", () => {
      ended = true;
      source.close();
      clearTimeout(silence);
      tell();
    });
  }

  function hear() {
    connected = true;
    clearTimeout(silence);
    silence = setTimeout(lose, SILENCE);
    tell();
  }

  function lose() {
    connected = false;
    source.close();
    clearTimeout(silence);
    clearTimeout(again);
    if (!ended) again = setTimeout(listen, LATER * (.5 + Math.random())); // not all at once
    tell();
  }

  const wake = () => !ended && document.visibilityState === "visible" && listen();
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", wake);
  addEventListener("pageshow", (event) => event.persisted && wake());
  listen();
})();
