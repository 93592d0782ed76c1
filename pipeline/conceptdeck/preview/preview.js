// The desk: asks the server for the state of what is looked at, and changes on the page only what is different.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const root = document.documentElement;
  const token = $("meta[name=token]").content;
  const words = JSON.parse($("meta[name=words]").content);
  const say = (term, values = {}) => words[term].replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const listed = (texts) => new Intl.ListFormat(document.documentElement.lang).format(texts);
  const VIEW = { map: "", locale: "", theme: "", story: "", density: "", kind: "" };
  const MOST_PICTURES = 1500;
  const SHOWN = 200; // texts in the list
  const LEGIBLE = 18; // points: what a room reads without effort
  const looks = new Set(); // ways of looking at slides that are turned on

  // --- what is looked at: in the address, so that a bookmark or a reload leads back ---
  const asked = new URLSearchParams(location.search);
  const view = Object.fromEntries(Object.keys(VIEW).map((name) => [name, asked.get(name) ?? ""]));
  let side = asked.get("side") ?? "";
  let board = decodeURIComponent(location.hash.slice(1));
  let chosen = ""; // the key of a text that was pointed at
  let opened = ""; // the finding whose text is open
  const panes = [pane(), pane()];
  const pictures = new Map(); // digest -> the picture to copy, with the style sheet that some have
  const faces = new Map(); // name of a font -> when it is there
  const colours = new CSSStyleSheet();
  const frame = new CSSStyleSheet();
  frame.replaceSync(":host{display:block}svg{display:block;width:100%!important;height:100%!important;" +
    "font:400 16px sans-serif;letter-spacing:normal;direction:ltr;text-align:start}");
  document.adoptedStyleSheets = [colours];

  function pane() {
    return { snapshot: null, errors: [], fault: "", signature: "", asking: null, figure: null, draft: null };
  }

  function remember() {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(view)) if (value) query.set(name, value);
    if (side) query.set("side", side);
    const text = query.toString();
    history.replaceState(null, "", `${location.pathname}${text ? `?${text}` : ""}#${encodeURIComponent(board)}`);
  }

  // --- asking ---
  async function ask(path, query, signal, form = "json") {
    const reply = await fetch(`${path}?${new URLSearchParams(query)}`, {
      headers: { "X-Conceptdeck-Token": token }, cache: "no-store", signal,
    });
    if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`);
    return reply[form]();
  }

  async function post(path, body) {
    const reply = await fetch(path, {
      method: "POST", headers: { "X-Conceptdeck-Token": token, "Content-Type": "application/json" }, body: JSON.stringify(body), cache: "no-store",
    });
    if (!reply.ok) throw new Error(`${reply.status} ${reply.statusText}`);
    return reply.json();
  }

  async function load(index) {
    const own = panes[index];
    own.asking?.abort();
    const asking = own.asking = new AbortController();
    busy();
    try {
      const query = index ? { ...view, locale: side } : view;
      const reply = await ask("/state", query, asking.signal);
      await Promise.all([fetchPictures(reply.snapshot, asking.signal), fetchFaces(reply.snapshot)]);
      if (own.asking !== asking) return;
      own.asking = null;
      take(own, reply);
    } catch (error) {
      if (error.name === "AbortError" || own.asking !== asking) return;
      own.asking = null;
      own.fault = String(error.message);
      draw();
    } finally {
      busy();
    }
  }

  async function fetchPictures(snapshot, signal) {
    const wanted = (snapshot?.boards ?? []).map((each) => each.digest).filter((digest) => !pictures.has(digest));
    if (!wanted.length) return;
    const found = await ask("/pictures", { digests: [...new Set(wanted)].join(",") }, signal);
    for (const [digest, svg] of Object.entries(found)) pictures.set(digest, parsed(svg));
  }

  // A picture stands in a shadow tree of its own: neither its ids nor its rules reach the page.
  function parsed(text) {
    const sheets = [frame];
    // Even a document that is only parsed may have no style element of its own here.
    const bare = text.replace(/<style>([^<]*)<\/style>/g, (all, rules) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      sheets.push(sheet);
      return "";
    });
    const svg = document.adoptNode(new DOMParser().parseFromString(bare, "image/svg+xml").documentElement);
    // What it is is said by the page; a title would show as a tooltip wherever the pointer is.
    svg.querySelectorAll(":scope > :is(title, desc)").forEach((each) => each.remove());
    ["role", "aria-labelledby"].forEach((name) => svg.removeAttribute(name));
    svg.setAttribute("aria-hidden", "true");
    return { svg, sheets };
  }

  function fill(host, digest) {
    if (host.dataset.digest === digest) return;
    const found = pictures.get(digest);
    const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = found?.sheets ?? [];
    shadow.replaceChildren(...(found ? [found.svg.cloneNode(true)] : []));
    host.dataset.digest = digest;
  }

  // The fonts that measured the slides: where the reader's machine lacks those that decks name, lines end where they would.
  function fetchFaces(snapshot) {
    for (const { family, weight, file } of snapshot?.faces ?? []) {
      if (faces.has(file)) continue;
      faces.set(file, ask("/font", { file }, undefined, "arrayBuffer").then((data) => new FontFace(family, data, { weight }).load())
        .then((face) => document.fonts.add(face)).catch(() => faces.delete(file)));
    }
    return Promise.all(faces.values());
  }

  function take(own, reply) {
    const before = own.snapshot;
    const had = own.errors.length > 0 || own.fault !== "";
    const now = reply.snapshot ?? (own.snapshot && reply.errors.length + reply.fault.length ? own.snapshot : null);
    const signature = JSON.stringify([reply.view, reply.errors, reply.fault, reply.snapshot?.version]);
    if (signature === own.signature) return;
    Object.assign(own, { snapshot: now, errors: reply.errors, fault: reply.fault, signature });
    own.draft = null;
    const changed = before && now && JSON.stringify(before.view) === JSON.stringify(now.view) ? differences(before, now) : [];
    draw(new Set(changed.map((each) => each.key)));
    if (had && !own.errors.length && !own.fault) tell(say("mended"));
    else if (changed.length) tell(say("updated", { titles: listed(changed.slice(0, 6).map((each) => String(each.number))) }));
    forget();
  }

  function differences(before, now) {
    const old = new Map(before.boards.map((each) => [each.key, each]));
    return now.boards.filter((each) => old.get(each.key)?.digest !== each.digest || old.get(each.key)?.notes !== each.notes);
  }

  function forget() {
    const used = new Set(panes.flatMap((each) => each.snapshot?.boards.map((one) => one.digest) ?? []));
    for (const digest of pictures.keys()) {
      if (pictures.size <= MOST_PICTURES) break;
      if (!used.has(digest)) pictures.delete(digest);
    }
  }

  function busy() {
    root.toggleAttribute("data-busy", panes.some((each) => each.asking));
    panes.forEach((each) => each.figure?.setAttribute("aria-busy", String(Boolean(each.asking))));
  }

  const reload = () => {
    load(0);
    if (side) load(1);
    edits?.load();
  };

  // --- drawing: an element per thing, by key; one that shows the same is left alone ---
  function element(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key === "class") made.className = value;
      else if (key === "data") Object.assign(made.dataset, value);
      else if (key === "style") for (const [rule, to] of Object.entries(value)) made.style.setProperty(rule, to);
      else if (key in made && key !== "lang" && key !== "dir") made[key] = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter((each) => each !== null && each !== undefined));
    return made;
  }

  function keyed(parent, items, make, update) {
    const there = new Map([...parent.children].map((child) => [child.keyedBy, child]));
    const focused = parent.contains(document.activeElement) ? document.activeElement : null;
    let at = parent.firstElementChild;
    for (const item of items) {
      const signature = JSON.stringify(item);
      let child = there.get(item.id);
      there.delete(item.id);
      if (!child) {
        child = make(item);
        child.keyedBy = item.id;
      } else if (child.signature !== signature) {
        if (update) update(child, item);
        else {
          const made = make(item);
          made.keyedBy = item.id;
          child.replaceWith(made);
          if (child === at) at = made;
          child = made;
        }
      }
      child.signature = signature;
      if (child === at) at = at.nextElementSibling;
      else parent.insertBefore(child, at);
    }
    for (const child of there.values()) child.remove();
    // what had the focus may have been replaced by the same thing, changed: it gets the focus back
    if (focused && !focused.isConnected) {
      const same = focused.dataset.id && $(`[data-id="${CSS.escape(focused.dataset.id)}"]`, parent);
      (same || $("#search")).focus({ preventScroll: true });
    }
  }

  const main = () => panes[0].snapshot;
  const current = (own = panes[0]) => {
    const boards = own.snapshot?.boards ?? [];
    const wanted = own === panes[0] ? board : current()?.key ?? board;
    const base = wanted.split("#")[0]; // a slide may go on over more slides in one language than in another
    return boards.find((each) => each.key === wanted) ?? boards.find((each) => each.key.split("#")[0] === base) ??
      (own === panes[0] ? boards[0] : undefined);
  };
  const severity = (findings) => (findings.some((each) => each.severity === "error") ? "error" : "warning");
  const findingsOf = (own, key) => (own.snapshot?.findings ?? []).map((each, number) => ({ ...each, number: number + 1 }))
    .filter((each) => each.marks.some((mark) => mark.board === key));

  function draw(fresh = new Set()) {
    drawBanner();
    $("#nothing").hidden = Boolean(main());
    if (!main()) {
      $("#nothing").textContent = panes[0].errors.length || panes[0].fault ? say("nothing-yet") : say("loading");
      return;
    }
    drawColours();
    drawChoices();
    drawStrip(fresh);
    drawRhythm();
    drawBoard();
    $("body").toggleAttribute("data-beside", Boolean(side));
    root.dataset.version = main().version;
    editor?.refresh();
  }

  // A draft is shown in place of its slide for as long as it is edited.
  function draft(index, shown, svg) {
    const own = panes[index];
    if (!shown && !own.draft) return;
    if (shown && !pictures.has(shown.digest)) pictures.set(shown.digest, parsed(svg));
    own.draft = shown;
    if (main()) drawPanes();
  }

  function drawColours() {
    const { light, dark, face } = main();
    const rules = (palette) => Object.entries(palette).map(([name, value]) => `--${name}:#${value}`).join(";");
    const style = `:root{--face:${JSON.stringify(face)};${rules(light)}}` +
      `@media screen and (prefers-color-scheme:dark){:root{${rules(dark)}}}`;
    if (colours.text === style) return;
    colours.text = style;
    colours.replaceSync(style);
  }

  function drawBanner() {
    const banner = $("#banner");
    const errors = panes.flatMap((each, index) => (index && !side ? [] : each.errors));
    const faults = panes.flatMap((each, index) => (each.fault && (!index || side) ? [each.fault] : []));
    const texts = [...new Set([...errors.map((each) => each.text), ...faults])];
    const signature = JSON.stringify([texts, Boolean(main())]);
    if (banner.signature === signature) return;
    banner.signature = signature;
    banner.hidden = !texts.length;
    const places = new Map(errors.map((each) => [each.text, each.place]));
    banner.replaceChildren(...(texts.length ? [
      element("p", {}, element("strong", {}, faults.length ? say("fault") : say("error")), ". ", main() ? say("last-good") : ""),
      ...texts.map((text) => element("div", {}, element("pre", { dir: "ltr", lang: "en" }, text),
        places.get(text) ? copier(places.get(text)) : null)),
    ] : []));
    root.toggleAttribute("data-errors", texts.length > 0);
  }

  const languageName = (tag) => {
    try {
      return new Intl.DisplayNames([tag], { type: "language", languageDisplay: "standard" }).of(tag);
    } catch {
      return tag;
    }
  };

  function drawChoices() {
    const { choices, view: shown, language, title } = main();
    const named = choices.locales.map((tag) => [tag, languageName(tag)]);
    const density = { read: say("for-reading"), talk: say("for-talking") };
    options("map", choices.maps.map((name) => [name, name]), shown.map);
    options("locale", named, language);
    options("side", named, side);
    options("theme", choices.themes.map((name) => [name, name]), shown.theme);
    options("story", choices.stories.map((name) => [name, name]), shown.story);
    options("density", [["", say("as-story")], ...choices.densities.map((name) => [name, density[name]])], shown.density);
    $("select[name=map]").parentElement.hidden = choices.maps.length < 2;
    $("select[name=side]").parentElement.hidden = !side;
    for (const name of ["story", "density"]) $(`select[name=${name}]`).disabled = shown.kind === "diagrams";
    $("#beside").disabled = choices.locales.length < 2;
    $("#beside").setAttribute("aria-pressed", String(Boolean(side)));
    for (const button of document.querySelectorAll("[data-kind]")) {
      button.setAttribute("aria-pressed", String(button.dataset.kind === shown.kind));
    }
    $("#strip").setAttribute("aria-label", say(shown.kind));
    const heading = $("#title");
    heading.textContent = title;
    heading.lang = language;
    heading.dir = main().direction;
  }

  function options(name, pairs, value) {
    const select = $(`select[name=${name}]`);
    const signature = JSON.stringify(pairs);
    if (select.signature !== signature) {
      select.signature = signature;
      select.replaceChildren(...pairs.map(([key, label]) => element("option", { value: key, ...(name === "locale" || name === "side" ? { lang: key } : {}) }, label)));
    }
    select.value = value;
  }

  function drawStrip(fresh) {
    const { boards, language, direction } = main();
    const now = current();
    const items = [];
    let group = "";
    for (const each of boards) {
      if (each.group && each.group !== group) items.push({ id: `group ${each.group} ${each.number}`, group: each.group, language, direction });
      group = each.group;
      const found = findingsOf(panes[0], each.key);
      items.push({
        id: each.key, number: each.number, title: each.title, digest: each.digest, language, direction,
        found: found.length ? severity(found) : "", count: found.length, current: each === now, ratio: each.width / each.height,
      });
    }
    keyed($("#strip ol"), items, makeThumb, updateThumb);
    for (const child of $("#strip ol").children) {
      if (fresh.has(child.keyedBy)) refresh(child);
    }
    $("#strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // All slides in one row, too small to be read: what returns too often is seen. The strip is the same for the keyboard.
  function drawRhythm() {
    const row = $("#rhythm");
    row.hidden = !looks.has("rhythm");
    const now = current();
    const items = row.hidden ? [] : main().boards.map((each) => ({
      id: each.key, number: each.number, title: each.title, digest: each.digest, current: each === now, ratio: each.width / each.height,
    }));
    keyed(row, items, (item) => {
      const made = element("span", { class: "sheet" });
      made.addEventListener("click", () => show(item.id));
      updateBeat(made, item);
      return made;
    }, updateBeat);
  }

  function updateBeat(child, item) {
    fill(child, item.digest);
    child.title = `${item.number} ${item.title}`;
    child.style.setProperty("--ratio", item.ratio.toFixed(4));
    child.toggleAttribute("data-current", item.current);
  }

  function refresh(child) {
    delete child.dataset.fresh;
    void child.offsetWidth; // lets the same animation begin again
    child.dataset.fresh = "";
  }

  function makeThumb(item) {
    if (item.group) return element("li", { class: "group", lang: item.language, dir: item.direction }, item.group);
    const button = element("button", { type: "button", data: { id: item.id } }, element("span", {}), element("span", { class: "sheet", role: "img" }),
      element("span", { class: "aside" }));
    button.addEventListener("click", () => show(item.id));
    const made = element("li", {}, button);
    updateThumb(made, item);
    return made;
  }

  function updateThumb(child, item) {
    if (item.group) { child.textContent = item.group; return; }
    const button = $("button", child);
    fill($(".sheet", child), item.digest);
    const [number, sheet, found] = button.children;
    number.textContent = item.number;
    sheet.setAttribute("aria-label", item.title);
    sheet.lang = item.language;
    button.title = item.title;
    found.textContent = item.count ? `${say("findings")}: ${item.count}` : "";
    button.tabIndex = item.current ? 0 : -1;
    if (item.current) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    if (item.found) button.dataset.found = item.found;
    else delete button.dataset.found;
  }

  function drawBoard() {
    const now = current();
    if (!now) return;
    document.title = `${now.number} ${now.title} – ${say("preview")}`;
    const heading = $("#board");
    heading.textContent = now.title;
    heading.lang = main().language;
    heading.dir = main().direction;
    $("#position").textContent = say("position", { number: now.number, count: main().boards.length });
    drawPanes();
    drawNotes();
    drawFindings();
    drawStrings();
  }

  const shownPanes = () => (side ? panes : panes.slice(0, 1));

  function drawPanes() {
    const items = shownPanes().map((own, index) => {
      const there = own.draft?.key === current(own)?.key ? own.draft ?? current(own) : current(own);
      return {
        id: String(index), board: there ?? null, draft: Boolean(there) && there === own.draft, language: own.snapshot?.language ?? side, direction: own.snapshot?.direction ?? "ltr",
        found: there ? findingsOf(own, there.key) : [], beside: Boolean(side), empty: own.asking ? say("loading") : say("nothing-yet"),
        chosen, opened, small: looks.has("small") && main().view.kind === "slides",
      };
    });
    keyed($("#panes"), items, makePane, updatePane);
    panes.forEach((own, index) => { own.figure = $("#panes").children[index] ?? null; });
    busy();
  }

  function makePane(item) {
    const made = element("figure", { class: "pane" }, element("figcaption", {}), element("p", { class: "missing" }),
      element("div", { class: "desk" }, element("div", { class: "sheet", role: "img" }), element("div", { class: "places" })));
    updatePane(made, item);
    return made;
  }

  function updatePane(child, item) {
    const [caption, missing, desk] = child.children;
    const [sheet, places] = desk.children;
    const own = item.board;
    caption.hidden = !item.beside;
    caption.textContent = languageName(item.language);
    caption.lang = item.language;
    missing.hidden = Boolean(own);
    missing.textContent = item.empty;
    desk.hidden = !own;
    if (!own) return;
    fill(sheet, own.digest);
    if (item.draft) desk.dataset.draft = say("draft");
    else delete desk.dataset.draft;
    sheet.lang = item.language;
    sheet.setAttribute("aria-label", [own.title, own.alt].filter(Boolean).join(". "));
    desk.style.setProperty("--ratio", (own.width / own.height).toFixed(4));
    places.replaceChildren(...spotsOf(own, Number(item.id)), ...(item.small ? smallOf(own) : []), ...marksOf(own, item.found));
  }

  const share = (value) => `${(value * 100).toFixed(3)}%`;
  const placed = (spot) => ({ left: share(spot.x), top: share(spot.y), width: share(spot.w), height: share(spot.h) });

  function spotsOf(own, pane) {
    // Pointing at a text is for the mouse; the list of texts is the same for the keyboard.
    return own.spots.filter((spot) => spot.keys.length && spot.w > 0 && spot.h > 0).map((spot) => {
      const made = element("div", { class: "spot", style: placed(spot), title: spot.keys.join(" + "), "aria-hidden": "true" });
      if (spot.keys.includes(chosen)) made.dataset.chosen = "";
      made.keys = spot.keys;
      made.addEventListener("click", () => {
        point(spot.keys[0]);
        editor?.open(spot.keys, pane);
      });
      return made;
    });
  }

  function smallOf(own) {
    return own.spots.filter((spot) => spot.size && spot.size < LEGIBLE && spot.w > 0 && spot.h > 0).map((spot) =>
      element("div", { class: "small", style: placed(spot), "aria-hidden": "true" }, element("b", {}, String(spot.size))));
  }

  function look(name) {
    if (!looks.delete(name)) looks.add(name);
    $(`[data-look=${name}]`).setAttribute("aria-pressed", String(looks.has(name)));
    document.body.toggleAttribute(`data-${name}`, looks.has(name));
    draw();
  }

  function marksOf(own, found) {
    const stacked = new Map(); // marks at one place stand beside each other
    return found.flatMap((finding) => finding.marks.filter((mark) => mark.board === own.key).slice(0, 3).flatMap((mark) => {
      const spot = own.spots.find((each) => each.name === mark.name);
      const at = spot ? { x: Math.min(Math.max(spot.x + spot.w, 0.02), 0.98), y: Math.min(Math.max(spot.y, 0.03), 0.97) } : { x: 0.97, y: 0.04 };
      const place = `${at.x} ${at.y}`, before = stacked.get(place) ?? 0;
      stacked.set(place, before + 1);
      const button = element("button", {
        type: "button", class: "mark", data: { id: `mark ${finding.number} ${mark.name}`, severity: finding.severity },
        style: { left: `calc(${share(at.x)} - ${before * 1.9}rem)`, top: share(at.y) },
        "aria-label": `${say(finding.severity)} ${finding.number}: ${finding.message}`, title: `${finding.message}\n${finding.place}`,
      }, String(finding.number));
      if (opened === finding.text) button.dataset.chosen = "";
      button.addEventListener("click", () => open(finding, true));
      return [spot ? element("div", { class: "outline", data: { severity: finding.severity }, style: placed(spot), "aria-hidden": "true" }) : null, button].filter(Boolean);
    }));
  }

  function drawNotes() {
    const texts = shownPanes().map((own, index) => {
      const notes = current(own)?.notes ?? "";
      return { id: String(index), text: notes || say("no-notes"), own: Boolean(notes), language: own.snapshot?.language ?? "", direction: own.snapshot?.direction ?? "ltr" };
    });
    keyed($("#notes div"), texts, (item) => element("p", item.own ? { lang: item.language, dir: item.direction } : { class: "quiet" }, item.text));
  }

  // --- findings ---
  function allFindings() {
    const order = new Map(main().boards.map((each, index) => [each.key, index]));
    const all = shownPanes().flatMap((own, index) => (own.snapshot?.findings ?? []).map((each, number) => ({ ...each, number: number + 1, pane: index })));
    return all.sort((a, b) => (order.get(a.marks[0]?.board) ?? 1e6) - (order.get(b.marks[0]?.board) ?? 1e6) || a.number - b.number);
  }

  function drawFindings() {
    const found = allFindings();
    const here = current()?.key;
    $("#findings .quiet").hidden = found.length > 0;
    const numbers = new Map(main().boards.map((each) => [each.key, each.number]));
    const items = found.map((each) => ({
      id: `finding ${each.pane} ${each.text}`, finding: each, open: opened === each.text,
      where: each.marks[0]?.board === here ? "" : whereIs(each.marks.map((mark) => mark.board), numbers),
    }));
    const elsewhere = (item) => Number(item.finding.marks.every((mark) => mark.board !== here));
    keyed($("#findings ol"), items.sort((a, b) => elsewhere(a) - elsewhere(b)), makeFinding); // those of the slide come first
  }

  function whereIs(boards, numbers) {
    if (!boards.length) return say("elsewhere");
    return main().view.kind === "slides" ? say("on-slide", { number: numbers.get(boards[0]) ?? boards[0] }) : boards[0];
  }

  function makeFinding({ id, finding, open: isOpen, where }) {
    const button = element("button", { type: "button", "aria-expanded": String(isOpen), data: { id } },
      element("span", { class: "sign", data: { severity: finding.severity }, title: say(finding.severity) }, String(finding.number)),
      element("span", {}, `${say(finding.severity)}: `, element("bdi", { lang: "en", dir: "ltr" }, finding.message)),
      element("span", { class: "place" }, [finding.place, where].filter(Boolean).join(" · ")));
    button.addEventListener("click", () => open(finding, !isOpen));
    return element("li", {}, button, isOpen ? element("pre", { dir: "ltr", lang: "en" }, finding.text) : null);
  }

  function open(finding, wanted) {
    opened = wanted ? finding.text : "";
    if (finding.marks.length && !finding.marks.some((mark) => mark.board === current()?.key)) board = finding.marks[0].board;
    chosen = finding.key || chosen;
    remember();
    draw();
    if (!wanted) return;
    copy(finding.place, finding.place ? "" : finding.message);
    const row = [...$("#findings ol").children].find((child) => child.keyedBy.endsWith(` ${finding.text}`));
    row?.scrollIntoView({ block: "nearest" });
  }

  // --- texts ---
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

  function drawStrings() {
    const here = current()?.key;
    const wanted = plain($("#search").value.trim());
    const second = side ? new Map((panes[1].snapshot?.strings ?? []).map((each) => [each.key, each])) : new Map();
    const matches = (each) => (wanted
      ? [each.key, each.source, each.text, second.get(each.key)?.text ?? ""].some((text) => plain(text).includes(wanted))
      : each.boards.includes(here));
    const found = main().strings.filter(matches);
    const numbers = new Map(main().boards.map((each) => [each.key, each.number]));
    const items = found.slice(0, SHOWN).map((each) => ({
      id: each.key, string: each, chosen: each.key === chosen,
      others: shownPanes().map((own, index) => (own.snapshot && own.snapshot.language !== own.snapshot.source_language
        ? { ...(index ? second.get(each.key) : each), pane: index, language: own.snapshot.language, direction: own.snapshot.direction } : null)).filter((one) => one?.state),
      kept: editor ? [...shownPanes().map((own) => own.snapshot?.language), main().source_language].filter((tag) => editor.isKept(tag, each.key)) : [],
      where: wanted && here && !each.boards.includes(here) ? whereIs(each.boards, numbers) : "",
    }));
    keyed($("#strings > ol"), items, makeString);
    $("#count").textContent = found.length;
    $("#strings > .quiet").hidden = found.length > 0;
  }

  function editButton(key, pane, language) {
    const button = element("button", { type: "button", class: "edit", data: { id: `edit ${pane} ${language} ${key}` }, "aria-label": `${say("edit")}: ${key} (${languageName(language)})` }, say("edit"));
    button.addEventListener("click", () => {
      point(key, true);
      editor.open([key], pane, language);
    });
    return button;
  }

  function makeString({ string, others, chosen: isChosen, where, kept }) {
    const { source_language: language, source_direction: direction } = main();
    const key = element("button", { type: "button", class: "key", data: { id: `key ${string.key}` } }, string.key);
    key.addEventListener("click", () => point(string.key, true));
    const made = element("li", {},
      element("div", { class: "row" }, key, copier(string.source_place, `source ${string.key}`)),
      where ? element("p", { class: "quiet" }, where) : null,
      element("div", { class: "row" }, element("p", { class: others.length ? "text source" : "text", lang: language, dir: direction }, string.source),
        editor ? editButton(string.key, Math.max(0, panes.findIndex((own) => own.snapshot?.language === language)), language) : null),
      ...others.flatMap((one) => [
        one.text ? element("p", { class: "text", lang: one.language, dir: one.direction }, one.text) : null,
        element("div", { class: "row" },
          element("span", { class: "state", data: { state: one.state } }, others.length > 1 ? `${languageName(one.language)}: ${say(one.state)}` : say(one.state)),
          editor ? editButton(string.key, one.pane, one.language) : null,
          one.place ? copier(one.place, `place ${one.language} ${string.key}`) : null),
      ]),
      kept.length ? element("p", { class: "state", data: { state: "not-saved" } }, say("not-saved")) : null);
    if (isChosen) made.dataset.chosen = "";
    return made;
  }

  function point(key, travel = false) {
    chosen = key;
    const string = main().strings.find((each) => each.key === key);
    if (travel && string?.boards.length && !string.boards.includes(current()?.key)) board = string.boards[0];
    if (!travel) $("#search").value = "";
    remember();
    draw();
    [...$("#strings > ol").children].find((child) => child.keyedBy === key)?.scrollIntoView({ block: "nearest" });
  }

  // --- copying and telling ---
  function copier(place, id = place) {
    const button = element("button", { type: "button", class: "copy", "aria-label": say("copy", { what: place }), data: { id: `copy ${id}` } }, place.split("/").pop());
    button.title = place;
    button.addEventListener("click", () => copy(place));
    return button;
  }

  async function copy(text, otherwise = "") {
    if (!text) { tell(otherwise); return; }
    try {
      await navigator.clipboard.writeText(text);
      tell(`${say("copied")}: ${text}`);
    } catch {
      tell(text); // the browser does not let us: it can still be read
    }
  }

  let shown = 0;
  function tell(text) {
    const status = $("#status");
    clearTimeout(shown);
    status.textContent = "";
    // A screen reader speaks only what changes: the text must go before it comes again.
    setTimeout(() => { status.textContent = text; }, 30);
    shown = setTimeout(() => { status.textContent = ""; }, 5000);
  }

  // --- going about ---
  function show(key) {
    board = key;
    chosen = "";
    remember();
    const held = $("#strip").contains(document.activeElement);
    draw();
    if (held) $("#strip [aria-current]")?.focus({ preventScroll: true });
  }

  function step(by) {
    const boards = main()?.boards ?? [];
    const at = boards.indexOf(current());
    const next = boards[Math.max(0, Math.min(boards.length - 1, by === -Infinity ? 0 : by === Infinity ? boards.length - 1 : at + by))];
    if (next && next !== boards[at]) show(next.key);
  }

  function choose(name, value) {
    if (name === "side") side = value;
    else view[name] = value;
    if (name === "map") Object.assign(view, { locale: "", story: "", density: "" });
    remember();
    if (name === "side") load(1);
    else reload();
  }

  function cycle(name, by) {
    const list = [...$(`select[name=${name}]`).options].map((each) => each.value);
    const at = list.indexOf($(`select[name=${name}]`).value);
    const value = list[(at + by + list.length) % list.length];
    choose(name, value);
    tell($(`select[name=${name}]`).options[list.indexOf(value)].label);
  }

  function beside() {
    if ($("#beside").disabled) return;
    const list = main().choices.locales;
    side = side ? "" : list.find((tag) => tag !== main().language && (tag === main().source_language || main().language === main().source_language)) ?? "";
    remember();
    if (side) load(1);
    else { panes[1] = Object.assign(panes[1], pane(), { figure: null }); draw(); }
    draw();
  }

  function kind(value = main()?.view.kind === "slides" ? "diagrams" : "slides") {
    opened = "";
    choose("kind", value);
  }

  function nextFinding() {
    const found = allFindings();
    if (!found.length) { tell(say("no-findings")); return; }
    const at = found.findIndex((each) => each.text === opened);
    open(found[(at + 1) % found.length], true);
  }

  for (const select of document.querySelectorAll("select")) select.addEventListener("change", () => choose(select.name, select.value));
  for (const button of document.querySelectorAll("[data-kind]")) button.addEventListener("click", () => kind(button.dataset.kind));
  $("#beside").addEventListener("click", beside);
  for (const button of document.querySelectorAll("[data-look]")) button.addEventListener("click", () => look(button.dataset.look));
  $("#help").addEventListener("click", () => $("#keys").showModal());
  $("#search").addEventListener("input", drawStrings);
  $("#search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") $("#strings .key")?.click();
    if (event.key === "Escape") {
      event.target.value = "";
      drawStrings();
      $("#strip [aria-current]")?.focus();
      event.preventDefault();
    }
  });
  addEventListener("hashchange", () => {
    board = decodeURIComponent(location.hash.slice(1));
    draw();
  });

  const firstText = () => main().strings.find((each) => each.boards.includes(current()?.key))?.key;

  // --- keys: letters can be turned off, for those whose speech or switches type them by accident ---
  const single = $("#single");
  try { single.checked = localStorage.getItem("conceptdeck-keys") !== "off"; } catch {} // a browser may keep nothing
  single.addEventListener("change", () => {
    try { localStorage.setItem("conceptdeck-keys", single.checked ? "on" : "off"); } catch {}
  });
  const rtl = root.dir === "rtl" ? -1 : 1;
  const MOVES = { ArrowRight: rtl, ArrowDown: 1, PageDown: 1, ArrowLeft: -rtl, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity };
  const LETTERS = {
    l: (by) => cycle("locale", by), t: (by) => cycle("theme", by), d: () => kind(), s: () => beside(), f: () => nextFinding(),
    r: () => look("rhythm"), g: () => look("glance"), z: () => look("small"),
    e: () => editor?.open([current()?.spots.some((spot) => spot.keys.includes(chosen)) ? chosen : firstText()]),
    "/": () => { $("#search").focus(); $("#search").select(); }, "?": () => $("#keys").showModal(),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("dialog[open]")) return;
    if (event.target.closest("input, select, textarea") || !main()) return;
    const scrolls = event.target.closest("aside, #notes"); // there the arrows scroll, as everywhere
    const letter = single.checked && LETTERS[event.key.length === 1 ? event.key.toLowerCase() : ""];
    if (event.key in MOVES && !scrolls) step(MOVES[event.key]);
    else if (letter) letter(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  });

  // --- editing: only where the page may change something ---
  const editor = $("#editor") ? makeEditor({
    $, say, element, post, tell, languageName, token, panes, current, draft, reload, point,
    view: (index = 0) => (index ? { ...view, locale: side } : { ...view }),
  }) : null;
  const edits = editor ? makeEdits({ $, say, element, ask, post, tell, keyed, copier, point, reload, languageName, remember: editor.remember, view, main }) : null;
  document.body.toggleAttribute("data-editable", Boolean(editor));

  // --- news ---
  const news = new EventSource(`/events?token=${encodeURIComponent(token)}`);
  let heard = "";
  function ended() {
    news.close();
    root.dataset.ended = "";
    const banner = $("#banner");
    banner.hidden = false;
    banner.signature = "";
    banner.replaceChildren(element("p", {}, element("strong", {}, say("ended"))));
  }
  news.addEventListener("change", (event) => {
    if (event.data === heard) return;
    heard = event.data;
    reload();
  });
  news.addEventListener("end", ended);
  let silent = 0;
  news.addEventListener("open", () => { clearTimeout(silent); silent = 0; });
  news.addEventListener("error", () => {
    if (news.readyState === EventSource.CLOSED) ended();
    else silent ||= setTimeout(ended, 6000); // the browser tries again by itself until then
  });
})();
