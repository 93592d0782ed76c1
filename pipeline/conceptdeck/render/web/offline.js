// A site where there is no network: what a reader has opened, in all its languages, until the site is published anew.
"use strict";
const SITE = self.registration.scope;
const OWN = `conceptdeck ${SITE} `; // other sites of the same address have stores of their own
const NAME = OWN + VERSION;
const place = (address) => {
  const url = new URL(address, SITE);
  url.search = url.hash = "";
  return url.href.endsWith("/") ? `${url.href}index.html` : url.href;
};

async function keep(addresses, instead) {
  const store = await caches.open(NAME);
  const one = async (address) => {
    if (await store.match(address)) return;
    const answer = await fetch(address, { cache: "no-cache" }).catch(() => instead?.(address));
    // one that was led on may not answer for a page: what came of it may
    if (answer?.ok) await store.put(address, answer.redirected ? new Response(answer.body, answer) : answer);
  };
  await Promise.all([...new Set(addresses.map(place))].filter((each) => each.startsWith(SITE)).map(one));
}

async function moved() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(OWN) || name === NAME) continue;
    const before = await caches.open(name);
    await keep((await before.keys()).map((each) => each.url), (address) => before.match(address));
    await caches.delete(name);
  }
  await self.clients.claim();
}

async function found(request) {
  return (await caches.open(NAME)).match(place(request.url));
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(moved()));
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SITE) || request.headers.has("range")) return;
  const newest = () => fetch(request);
  const answer = request.mode === "navigate" // pages are as new as the network has them
    ? newest().catch(async (error) => await found(request) ?? Promise.reject(error))
    : found(request).then((kept) => kept ?? newest());
  event.respondWith(answer);
});
