// The show. Without this script all slides stand below each other, with their notes, links and languages.
"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const slides = [...document.querySelectorAll(".slide")];
  if (!slides.length) return;
  const status = find("[role=status]");
  const desk = find(".desk");
  const help = find(".help");
  const rtl = root.dir === "rtl";
  const phone = matchMedia("(max-width: 40rem) and (max-aspect-ratio: 1/1) and (pointer: coarse)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const speaking = new URLSearchParams(location.search).has("speaker");
  const everyone = location.protocol === "file:" ? "*" : location.origin; // files have no origin that could be named
  const title = document.title;
  let at = -1, step = 0, other = speaking ? window.opener : null;

  // --- where the show is ---

  const waiting = (slide) => [...slide.querySelectorAll("[data-click]")];
  const steps = (slide) => still.matches ? 0 : Math.max(0, ...waiting(slide).map((each) => Number(each.dataset.click)));
  const keyed = (hash) => {
    try {
      const key = decodeURIComponent(hash.slice(1));
      const whole = slides.findIndex((each) => each.id === key); // in another language it may go on over fewer slides
      return whole >= 0 ? whole : slides.findLastIndex((each) => each.id.split("#")[0] === key.split("#")[0]);
    } catch { return -1; } // not a fragment of ours
  };
  const address = (index) => "#" + encodeURIComponent(slides[index].id);

  function show(index, wanted, { record = "push", tell = true } = {}) {
    const moved = index !== at;
    const slide = slides[index];
    step = Math.min(wanted, steps(slide));
    for (const each of waiting(slide)) each.classList.toggle("waiting", Number(each.dataset.click) > step && !still.matches);
    if (moved) {
      enlarge(null);
      const held = slides[at]?.contains(document.activeElement);
      slides[at]?.classList.remove("current");
      slides[at + 1]?.classList.remove("following");
      at = index;
      slide.classList.add("current");
      slides[at + 1]?.classList.add("following");
      for (const each of slides[at + 1] ? waiting(slides[at + 1]) : []) each.classList.remove("waiting");
      if (held && !root.classList.contains("is-grid")) slide.focus({ preventScroll: true });
      find("main").scrollTop = root.classList.contains("is-grid") ? find("main").scrollTop : 0;
      find(".count b").textContent = index + 1;
      root.style.setProperty("--progress", `${slides.length > 1 ? 100 * index / (slides.length - 1) : 100}%`);
      document.title = index ? `${slide.querySelector(".caption a").textContent.trim()} – ${title}` : title;
      if (record) history[`${record}State`](null, "", address(index));
      say(slide.getAttribute("aria-label"));
    }
    find(".previous").setAttribute("aria-disabled", at === 0 && step === 0);
    find(".next").setAttribute("aria-disabled", at === slides.length - 1 && step === steps(slide));
    if (speaking) {
      desk.querySelector(".left").textContent = steps(slide) - step;
      plan();
    }
    if (tell) send("show");
    const detail = { key: slide.id, step, whole: step >= steps(slide), own: tell };
    document.dispatchEvent(new CustomEvent("deck:show", { detail })); // for pages that do more with a deck
  }

  // Upright on a phone, the text of a slide is too small to read: what was tapped comes to the middle, enlarged.
  function enlarge(tap) {
    const near = Boolean(tap) && !root.classList.contains("is-near");
    if (near === root.classList.contains("is-near")) return;
    const main = find("main"), canvas = slides[at].querySelector(".canvas");
    const before = canvas.getBoundingClientRect();
    root.classList.toggle("is-near", near);
    if (!near) return main.scrollTo(0, 0);
    const grown = canvas.getBoundingClientRect(), around = main.getBoundingClientRect();
    const x = grown.left + (tap.clientX - before.left) / before.width * grown.width;
    const y = grown.top + (tap.clientY - before.top) / before.height * grown.height;
    main.scrollBy(x - around.left - around.width / 2, y - around.top - around.height / 2);
  }

  function say(text) {
    status.textContent = text;
  }

  function forward() {
    if (step < steps(slides[at])) show(at, step + 1);
    else if (at < slides.length - 1) show(at + 1, 0);
  }

  function back() {
    if (step > 0) show(at, step - 1);
    else if (at > 0) show(at - 1, Infinity);
  }

  function arrive() { // by a link from elsewhere, or back and forth in the history: the slide is there as a whole
    const index = keyed(location.hash);
    if (index >= 0 && index !== at) show(index, Infinity, { record: "" });
    if (root.classList.contains("is-grid")) overview(false);
  }

  // --- the overview ---

  function overview(on) {
    if (speaking || on === root.classList.contains("is-grid")) return;
    root.classList.toggle("is-grid", on);
    root.classList.toggle("is-show", !on);
    find("button.overview").setAttribute("aria-pressed", on);
    for (const each of slides) {
      each.querySelector(".canvas").inert = on;
      if (on) waiting(each).forEach((part) => part.classList.remove("waiting"));
    }
    if (on) slides[at].querySelector(".caption a").focus();
    else {
      show(at, Infinity, { tell: true });
      slides[at].focus({ preventScroll: true });
    }
    if (on) slides[at].scrollIntoView({ block: "center" });
  }

  function beside(key) {
    const links = slides.map((each) => each.querySelector(".caption a"));
    const here = Math.max(0, links.indexOf(document.activeElement));
    const ways = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1, Home: -here, End: slides.length - 1 - here };
    if (key in ways) return links[here + ways[key]];
    const places = slides.map((each) => each.getBoundingClientRect());
    const down = key === "ArrowDown" ? 1 : -1;
    const away = (index) => (places[index].top - places[here].top) * down;
    const rows = places.map((_, index) => index).filter((index) => away(index) > 1);
    const nearest = Math.min(...rows.map(away));
    const across = (index) => Math.abs(places[index].left - places[here].left);
    return links[rows.filter((index) => away(index) < nearest + 2).sort((one, two) => across(one) - across(two))[0]];
  }

  // --- keys, touch, clicks ---

  const moves = {
    ArrowRight: rtl ? back : forward, ArrowLeft: rtl ? forward : back, ArrowDown: forward, ArrowUp: back,
    PageDown: forward, PageUp: back, " ": forward, Enter: forward, Home: () => show(0, 0), End: () => show(slides.length - 1, Infinity),
  };
  const views = {
    o: () => overview(!root.classList.contains("is-grid")), s: openSpeaker, f: fullScreen, "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const pressed = event.target.closest("button, a, summary");
    const { key } = event;
    if ((key === " " || key === "Enter") && pressed) return; // what has the focus takes these
    if (key === "Escape" && find("details[open]")) {
      find("details[open]").open = false;
      find("summary").focus();
      return;
    }
    if (key === "Escape" && root.classList.contains("is-near")) return enlarge(null);
    if (key === "Escape") return overview(!root.classList.contains("is-grid"));
    if (speaking && "+-".includes(key)) {
      event.preventDefault();
      return resize(key === "+" ? 1 : -1);
    }
    if (views[key.toLowerCase()]) {
      event.preventDefault();
      return views[key.toLowerCase()]();
    }
    if (!(key in moves) || pressed?.closest("details[open]")) return;
    if (root.classList.contains("is-grid")) {
      if (key.startsWith("Arrow") || key === "Home" || key === "End") {
        event.preventDefault();
        beside(key)?.focus();
      }
      return;
    }
    const scrolls = find("main").scrollHeight > find("main").clientHeight + 1;
    if (scrolls && (key === "ArrowDown" || key === "ArrowUp")) return;
    event.preventDefault();
    key === " " && event.shiftKey ? back() : moves[key]();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) {
      const index = keyed(link.getAttribute("href"));
      if (index < 0) return;
      event.preventDefault();
      if (!root.classList.contains("is-grid")) return show(index, link.closest(".canvas") ? 0 : Infinity);
      show(index, Infinity);
      return overview(false);
    }
    const canvas = event.target.closest(".canvas");
    if (!canvas || event.target.closest("a") || !root.classList.contains("is-show") || !getSelection().isCollapsed) return;
    if (speaking && !canvas.closest(".current")) return forward();
    if (phone.matches) return enlarge(event);
    const { left, width } = canvas.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    (rtl ? 1 - share : share) < .25 ? back() : forward();
  });

  let touched = null;
  document.addEventListener("touchstart", (event) => {
    const [touch] = event.touches;
    const one = event.touches.length === 1 && (window.visualViewport?.scale ?? 1) < 1.05;
    const free = root.classList.contains("is-show") && !root.classList.contains("is-near");
    touched = one && free && event.target.closest("main") ? [touch.clientX, touch.clientY] : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!touched) return;
    const [touch] = event.changedTouches;
    const across = touch.clientX - touched[0], down = touch.clientY - touched[1];
    touched = null;
    if (Math.abs(across) > 48 && Math.abs(across) > 1.5 * Math.abs(down)) (across < 0) !== rtl ? forward() : back();
  }, { passive: true });

  addEventListener("popstate", arrive);
  addEventListener("hashchange", arrive);
  phone.addEventListener("change", () => enlarge(null));
  still.addEventListener("change", () => show(at, step, { record: "" }));

  // --- buttons and languages ---

  const actions = { previous: back, next: forward, overview: views.o, speaker: openSpeaker, screen: fullScreen, keys: views["?"] };
  for (const [name, action] of Object.entries(actions)) {
    const button = find(`button.${name}`);
    if (!button) continue; // a page may lack some
    button.hidden = name === "screen" && !document.fullscreenEnabled;
    button.addEventListener("click", action);
  }
  find("button.overview").setAttribute("aria-pressed", "false");
  for (const link of document.querySelectorAll(".languages a")) {
    const path = link.getAttribute("href");
    const follow = () => link.setAttribute("href", path + address(at)); // the same slide: keys do not depend on language
    for (const kind of ["pointerdown", "focus", "mouseenter"]) link.addEventListener(kind, follow);
  }
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("details")) for (const each of document.querySelectorAll("details[open]")) each.open = false;
  });

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  }

  // --- two windows that follow each other ---

  function openSpeaker() {
    if (speaking || !find("button.speaker")) return;
    const url = new URL(location.href);
    url.search = "speaker";
    url.hash = address(at);
    other = window.open(url, `speaker-${root.dataset.deck}`, "popup,width=1280,height=800");
    if (!other) say(status.dataset.blocked);
  }

  function send(what) {
    if (other && !other.closed) other.postMessage({ deck: root.dataset.deck, what, key: slides[at].id, step }, everyone);
  }

  addEventListener("message", (event) => {
    const { deck, what, key, step: wanted } = event.data ?? {};
    const known = speaking ? event.source === other : event.origin === location.origin || event.origin === "null";
    if (!known || deck !== root.dataset.deck) return;
    if (what === "hello" && !speaking) {
      const fresh = other !== event.source;
      other = event.source;
      if (fresh || slides[at].id !== key || step !== wanted) send("show");
    } else if (what === "show") follow(key, wanted);
  });
  document.addEventListener("deck:go", ({ detail }) => follow(detail.key, detail.step));

  function follow(key, wanted) {
    const index = slides.findIndex((each) => each.id === key);
    if (index >= 0 && Number.isInteger(wanted) && (index !== at || wanted !== step)) show(index, wanted, { record: "replace", tell: false });
  }

  // --- the speaker's notes, in the size that can be read from where the speaker stands ---

  const SIZES = [.7, .85, 1, 1.2, 1.45, 1.75, 2.1]; // times the usual size
  let size = SIZES.indexOf(1);

  function resize(by) {
    size = Math.min(Math.max(size + by, 0), SIZES.length - 1);
    root.style.setProperty("--notes", SIZES[size]);
    desk.querySelector(".smaller").setAttribute("aria-disabled", size === 0);
    desk.querySelector(".larger").setAttribute("aria-disabled", size === SIZES.length - 1);
  }

  // --- the speaker's clock ---

  let begun = 0, passed = 0; // when the clock was started, and what it showed before, in milliseconds
  const elapsed = () => (passed + (begun ? Date.now() - begun : 0)) / 1000;
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  function plan() {
    if (at > 0 && !begun && !passed) run(); // the first move begins the talk
    const end = find(".coming b");
    const following = slides[at + 1]?.querySelector(".caption a").textContent.trim();
    end.textContent = following ?? end.dataset.end;
    tick();
  }

  function tick() {
    const now = elapsed();
    desk.querySelector(".elapsed").textContent = clock(now);
    desk.querySelector(".now").textContent = new Date().toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit" });
    const pace = desk.querySelector(".pace");
    const { start, end } = slides[at].dataset;
    if (!pace) return;
    desk.querySelector(".slot").textContent = end ? `${clock(Number(start))} – ${clock(Number(end))}` : "";
    const off = !end ? 0 : now > Number(end) ? now - Number(end) : now < Number(start) ? now - Number(start) : 0;
    pace.dataset.is = !begun && !passed ? "" : off > 1 ? "behind" : off < -1 ? "ahead" : "";
    pace.textContent = pace.dataset.is ? pace.dataset[pace.dataset.is].replace("{}", clock(Math.abs(off))) : "";
  }

  function run() {
    if (begun) [passed, begun] = [passed + Date.now() - begun, 0];
    else begun = Date.now();
    const button = desk.querySelector(".run");
    button.textContent = begun ? button.dataset.pause : button.dataset.start;
  }

  function reset() {
    if (begun) run();
    passed = 0;
    tick();
  }

  root.classList.add("is-live", "is-show");
  if (speaking) {
    root.classList.add("is-speaker");
    desk.hidden = find(".coming").hidden = false;
    desk.querySelector(".run").addEventListener("click", run);
    desk.querySelector(".reset").addEventListener("click", reset);
    desk.querySelector(".smaller").addEventListener("click", () => resize(-1));
    desk.querySelector(".larger").addEventListener("click", () => resize(1));
    setInterval(tick, 500);
    const hello = () => send("hello"); // again and again: the other window may have been loaded anew
    setInterval(hello, 1000);
    setTimeout(hello);
  }
  const begin = keyed(location.hash);
  show(Math.max(0, begin), begin > 0 ? Infinity : 0, { record: begin < 0 ? "replace" : "", tell: false });
})();
