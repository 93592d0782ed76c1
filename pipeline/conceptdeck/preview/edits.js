// Edits of decks: what somebody has changed in a deck since it was built, to be taken with a click.
"use strict";
function makeEdits(desk) {
  const { $, say, element, ask, post, tell, keyed, copier, point, reload, languageName, remember, view, main } = desk;
  const panel = $("#edits");
  const choices = new Map(); // what was chosen of texts that were changed on both sides
  let decks = [], asking = 0;

  async function load() {
    const own = ++asking;
    try {
      const found = await ask("/decks", { map: view.map });
      if (own !== asking) return;
      decks = found;
      draw();
    } catch {} // the state of the page tells what is wrong
  }

  function draw() {
    panel.hidden = !decks.length;
    keyed($("ol", panel), decks.map((deck) => ({ id: deck.file, deck })), ({ deck }) => makeDeck(deck));
  }

  function makeDeck(deck) {
    const taking = element("button", { type: "button", class: "chief", data: { id: `take ${deck.file}` } }, say("take-edits"));
    taking.disabled = !deck.proposals.length && !deck.there;
    taking.addEventListener("click", () => take(deck, taking));
    return element("li", {},
      element("div", { class: "row" }, element("strong", { lang: deck.language }, deck.language ? languageName(deck.language) : ""), copier(deck.file, `deck ${deck.file}`)),
      ...deck.problems.map((each) => element("p", { lang: "en", dir: "ltr" }, each.message)),
      element("ul", {}, ...deck.proposals.map((each) => makeProposal(deck, each))),
      deck.left.length ? element("details", {}, element("summary", {}, `${say("stays")}: ${deck.left.length}`),
        element("ul", {}, ...deck.left.map((each) => makeLeft(deck, each)))) : null,
      deck.problems.length ? null : taking);
  }

  const worded = (deck, name, text, kind = "text") => element(name, { class: kind, lang: deck.language, dir: deck.direction }, text);

  function makeProposal(deck, { key, built, now, texts, is_conflict: conflict }) {
    const button = element("button", { type: "button", class: "key", data: { id: `proposal ${deck.file} ${key}` } }, key);
    button.addEventListener("click", () => point(key, true));
    if (!conflict) return element("li", {}, button, worded(deck, "del", now), worded(deck, "ins", texts[0]));
    const name = `${deck.file} ${key}`;
    const options = [["as-here", now], ...texts.map((text) => ["as-in-deck", text])].map(([term, text]) => {
      const radio = element("input", { type: "radio", name, value: text });
      radio.checked = choices.get(name) === text;
      radio.addEventListener("change", () => choices.set(name, text));
      return element("label", {}, radio, element("span", {}, element("span", { class: "quiet" }, say(term)), worded(deck, "span", text)));
    });
    return element("li", {}, button, element("fieldset", {}, element("legend", {}, say("both-changed")),
      element("p", {}, element("span", { class: "quiet" }, say("as-built")), worded(deck, "span", built)), ...options));
  }

  function makeLeft(deck, { kind, slide, shape, old, new: text, why }) {
    const place = [kind, main()?.view.kind === "slides" ? say("on-slide", { number: slide }) : slide, shape].filter(Boolean).join(" · ");
    return element("li", {}, element("p", { class: "place", lang: "en" }, place), old ? worded(deck, "del", old) : null,
      text ? worded(deck, "ins", text) : null, why ? element("p", { class: "quiet", lang: "en", dir: "ltr" }, why) : null);
  }

  async function take(deck, button) {
    button.disabled = true;
    const chosen = deck.proposals.map(({ key }) => [`choice.${key}`, choices.get(`${deck.file} ${key}`)]).filter(([, text]) => text !== undefined);
    try {
      const reply = await post("/take", { map: view.map, deck: deck.file, ...Object.fromEntries(chosen) });
      if (reply.undo) remember({ undo: reply.undo, key: deck.file.split("/").pop() });
      tell(reply.done ? say("taken", { count: reply.count }) : `${say("not-saved")}: ${reply.problems[0]?.message ?? deck.file}`);
    } catch (error) {
      tell(`${say("fault")} (${error.message})`);
    }
    button.disabled = false;
    reload();
  }

  return { load };
}
