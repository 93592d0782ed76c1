// The editor: a text is edited where it stands, seen as a draft on its slide, and saved into its file.
"use strict";
function makeEditor(desk) {
  const { $, say, element, post, tell, languageName } = desk;
  const card = $("#editor"), field = $("#wording"), undoButton = $("#undo");
  const PAUSE = 350; // ms without a key until a draft is looked at
  const GAP = 12; // pixels between a text and the card
  const kept = new Map(); // drafts that were left unsaved: they are there again when their text is opened
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let at = null; // what is edited: its key, pane and language, and the texts that it began with
  let checking = false, pause = 0;

  // --- which text ---
  const stringOf = (key, pane) => desk.panes[pane].snapshot?.strings.find((each) => each.key === key);
  const isOwn = (snapshot, language) => language === snapshot.source_language;
  const wordingOf = (string, own) => (own ? string.source : string.text);
  const nameOf = (language, key) => [desk.view().map, language, key].join("\n");
  const wording = () => (at.was === at.was.trim() ? field.value.trim() : field.value); // a space at the end is seldom meant
  const isChanged = () => Boolean(at) && wording() !== at.was;

  // `keys` are those of all texts of a place, in its order.
  function open(keys, pane = 0, language = desk.panes[pane].snapshot?.language, key = keys[0]) {
    const { snapshot } = desk.panes[pane];
    const string = snapshot && stringOf(key, pane);
    if (!string) return;
    const own = isOwn(snapshot, language);
    const draft = kept.get(nameOf(language, key));
    at = { key, keys, pane, language, own, was: draft?.was ?? wordingOf(string, own), source: draft?.source ?? string.source, state: own ? "" : string.state };
    $("#edited").textContent = key;
    drawOthers(keys);
    $("#of").hidden = own;
    $("#of > .quiet").textContent = languageName(snapshot.source_language);
    drawSource();
    const label = $("label[for=wording]");
    label.textContent = languageName(language);
    for (const each of [field, $("#meanwhile > .text")]) {
      each.lang = language;
      each.dir = own ? snapshot.source_direction : snapshot.direction;
    }
    field.value = draft?.text ?? at.was;
    drawDoubts([]);
    drawMeanwhile(null);
    drawState();
    if (!card.open) card.showModal();
    typed();
    refresh();
    place();
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  }

  function drawOthers(keys) {
    const start = keys.map((key) => key.split(".")).reduce((same, parts) => same.filter((part, index) => part === parts[index]));
    $("#others").replaceChildren(...(keys.length < 2 ? [] : keys.map((key) => {
      const button = element("button", { type: "button", class: "key" }, key.split(".").slice(Math.min(start.length, key.split(".").length - 1)).join("."));
      if (key === at.key) button.setAttribute("aria-current", "true");
      button.addEventListener("click", () => { keep(); open(keys, at.pane, at.language, key); });
      return button;
    })));
  }

  function drawSource() {
    const { source_language: language, source_direction: direction } = desk.panes[at.pane].snapshot;
    const source = $("#of > .text");
    Object.assign(source, { textContent: at.source, lang: language, dir: direction });
  }

  function drawState() {
    const state = $(".state", card);
    const name = isChanged() ? "not-saved" : at.state;
    state.textContent = name ? say(name) : "";
    state.dataset.state = name;
    $("button[type=submit]", card).disabled = !isChanged() && at.state !== "stale";
  }

  // --- where it is: beside the text on the slide, else beside its line in the list ---
  function anchor() {
    const spots = [...desk.panes[at.pane].figure?.querySelectorAll(".spot") ?? []];
    return spots.find((each) => each.keys?.includes(at.key)) ?? $("#strings li[data-chosen]");
  }

  function place() {
    card.style.removeProperty("left");
    card.style.removeProperty("top");
    const beside = at && anchor();
    if (!beside) return;
    if (matchMedia("(max-width: 40rem)").matches) { // the card is at the bottom, the slide above it
      (beside.closest(".desk") ?? beside).scrollIntoView({ block: "start" });
      return;
    }
    const box = beside.getBoundingClientRect(), { width, height } = card.getBoundingClientRect();
    const within = (value, most) => Math.max(8, Math.min(value, most - 8));
    const start = field.dir === "rtl" ? box.right - width : box.left;
    const places = [
      [start, box.bottom + GAP, box.bottom + GAP + height <= innerHeight],
      [start, box.top - GAP - height, box.top - GAP - height >= 0],
      [box.right + GAP, box.top, box.right + GAP + width <= innerWidth],
      [box.left - GAP - width, box.top, box.left - GAP - width >= 0],
      [start, innerHeight, true],
    ];
    const [left, top] = places.find((each) => each[2]);
    card.style.left = `${within(left, innerWidth - width)}px`;
    card.style.top = `${within(top, innerHeight - height)}px`;
  }

  // A text that grows while it is typed must not grow below the card.
  function uncover() {
    const box = anchor()?.getBoundingClientRect(), over = card.getBoundingClientRect();
    if (box && box.bottom > over.top && box.top < over.bottom && box.right > over.left && box.left < over.right) place();
  }

  // --- typing ---
  function typed() {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
    const { room } = stringOf(at.key, at.pane) ?? {};
    const counted = (text) => [...letters.segment(text.trim())].length;
    const used = counted(field.value);
    const told = $("#room");
    told.textContent = room ? say("room", { used, most: room.letters, lines: room.lines }) : "";
    told.toggleAttribute("data-over", Boolean(room) && used > Math.max(room.letters, counted(at.was))); // what is there stands there
    drawState();
    clearTimeout(pause);
    if (isChanged()) pause = setTimeout(check, PAUSE);
    else { desk.draft(at.pane, null); drawDoubts([]); $("#checking").textContent = ""; }
  }

  function asked() {
    return { ...desk.view(at.pane), board: desk.current(desk.panes[at.pane])?.key ?? "", key: at.key, language: at.language,
      text: wording(), was: at.was, source: at.source };
  }

  // One draft is looked at at a time; what was typed meanwhile is looked at next.
  async function check() {
    if (!isChanged() || checking) return;
    checking = true;
    const now = at, text = field.value;
    $("#checking").textContent = say("checking");
    try {
      const reply = await post("/draft", asked());
      if (at !== now) return;
      if (reply.meanwhile) drawMeanwhile(reply.meanwhile);
      if (field.value !== text) return;
      drawDoubts(reply.findings);
      if (reply.board) desk.draft(at.pane, reply.board, reply.svg);
      uncover();
    } catch (error) {
      if (at === now) drawDoubts([{ severity: "error", message: `${say("fault")} (${error.message})` }]);
    } finally {
      checking = false;
      if (at && field.value !== text) check();
      else $("#checking").textContent = "";
    }
  }

  function drawDoubts(found) {
    $("#doubts").replaceChildren(...found.map((each) => element("li", {},
      element("span", { class: "sign", data: { severity: each.severity }, title: say(each.severity) }, each.severity === "error" ? "×" : "!"),
      element("span", { lang: "en", dir: "ltr" }, each.message, ...(each.hints ?? []).map((hint) => element("span", { class: "hint" }, hint))))));
    resized();
  }

  function drawMeanwhile(meant) {
    const panel = $("#meanwhile");
    panel.hidden = !meant;
    panel.meant = meant;
    if (meant) $(".text", panel).textContent = at.source === meant.source || at.own ? meant.now : `${meant.source}\n${meant.now}`;
    resized();
  }

  function choose(theirs) {
    const { now, source } = $("#meanwhile").meant;
    at.was = now;
    at.source = source;
    if (theirs) field.value = now;
    drawMeanwhile(null);
    drawSource();
    keep();
    typed();
    field.focus();
  }

  // What others save is heard of while a card is open: a text that nobody has typed in follows.
  function refresh() {
    if (!at) return;
    const string = stringOf(at.key, at.pane);
    if (!string) return;
    const now = wordingOf(string, at.own);
    if (now === at.was && (at.own || string.source === at.source)) {
      check(); // the slide was drawn anew, without the draft
      return;
    }
    if (isChanged()) drawMeanwhile({ now, source: string.source });
    else {
      Object.assign(at, { was: now, source: string.source, state: at.own ? "" : string.state });
      field.value = now;
      drawSource();
      typed();
    }
  }

  // --- saving, leaving, taking back ---
  function keep() {
    if (!at) return;
    if (isChanged()) kept.set(nameOf(at.language, at.key), { text: field.value, was: at.was, source: at.source });
    else kept.delete(nameOf(at.language, at.key));
  }

  async function save(further) {
    const now = at;
    if (isChanged() || at.state === "stale") {
      card.setAttribute("aria-busy", "true");
      try {
        const reply = await post("/save", asked());
        if (at !== now) return;
        if (!reply.done) {
          if (reply.meanwhile) drawMeanwhile(reply.meanwhile);
          else drawDoubts(reply.problems);
          return;
        }
        kept.delete(nameOf(at.language, at.key));
        if (reply.undo) remember({ undo: reply.undo, key: at.key });
        tell(say("saved", { what: `${at.key} (${reply.place})` }));
        desk.reload();
      } catch (error) {
        drawDoubts([{ severity: "error", message: `${say("fault")} (${error.message})` }]);
        return;
      } finally {
        card.removeAttribute("aria-busy");
      }
    }
    const next = further && following();
    at = null;
    if (next) {
      desk.point(next.key);
      open([next.key], now.pane, now.language);
    } else card.close();
  }

  function following() {
    const here = desk.current(desk.panes[at.pane])?.key;
    const list = desk.panes[at.pane].snapshot.strings.filter((each) => each.boards.includes(here));
    return list[list.findIndex((each) => each.key === at.key) + 1];
  }

  let undoable = [];
  try {
    const stored = JSON.parse(sessionStorage.getItem("conceptdeck-undo") ?? "{}");
    if (stored.token === desk.token) undoable = stored.list;
  } catch {} // a browser may keep nothing

  function remember(...more) {
    undoable.push(...more);
    undoButton.hidden = !undoable.length;
    undoButton.title = undoable.at(-1)?.key ?? "";
    try { sessionStorage.setItem("conceptdeck-undo", JSON.stringify({ token: desk.token, list: undoable })); } catch {}
  }

  async function undo() {
    const last = undoable.at(-1);
    if (!last) return;
    try {
      const reply = await post("/undo", { undo: last.undo });
      undoable.pop();
      remember();
      tell(reply.done ? say("undone", { what: last.key }) : `${say("not-saved")}: ${reply.problems[0]?.message ?? last.key}`);
      desk.reload();
    } catch (error) {
      tell(`${say("fault")} (${error.message})`);
    }
  }

  function leave() {
    at = null;
    desk.draft(0, null);
    desk.draft(1, null);
  }

  function resized() {
    if (!card.style.top) return;
    const most = innerHeight - card.getBoundingClientRect().height - 8;
    if (parseFloat(card.style.top) > most) card.style.top = `${Math.max(8, most)}px`;
  }

  field.addEventListener("input", () => { keep(); typed(); });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.shiftKey) return; // an IME takes its own Enter
    if (event.ctrlKey || event.metaKey) save(true);
    else if (!field.value.includes("\n")) save(false);
    else return;
    event.preventDefault();
  });
  $("form", card).addEventListener("submit", (event) => { event.preventDefault(); save(false); });
  card.addEventListener("click", (event) => {
    const { value, type } = event.target;
    if (event.target === card) card.close(); // beside the card: what was typed is kept
    else if (type !== "button") return;
    else if (value === "next") save(true);
    else if (value === "theirs" || value === "mine") choose(value === "theirs");
    else if (value === "cancel") {
      kept.delete(nameOf(at.language, at.key));
      leave();
      card.close();
    }
  });
  card.addEventListener("close", () => {
    clearTimeout(pause);
    if (!at) return; // it was saved: its slide is on the way
    if (isChanged()) tell(`${say("not-saved")}: ${at.key}`);
    leave();
  });
  undoButton.addEventListener("click", undo);
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "z") return;
    if (event.target.closest("input, textarea, dialog") || !undoable.length) return;
    event.preventDefault();
    undo();
  });
  addEventListener("resize", () => { if (card.open) place(); });
  addEventListener("beforeunload", (event) => { if (kept.size) event.preventDefault(); });
  remember();

  return { open, refresh, remember, isKept: (language, key) => kept.has(nameOf(language, key)) };
}
