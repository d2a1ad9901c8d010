// Owns the picture of a place: a small invented map with a pin, drawn here because no map may be fetched.

import { el, svg } from "./element.js";

function tile() {
  return svg(
    "svg",
    { class: "map", viewBox: "0 0 260 96", preserveAspectRatio: "xMidYMid slice", "aria-hidden": "true" },
    svg("rect", { class: "map-land", width: "260", height: "96" }),
    svg("path", { class: "map-wood", d: "M0 0h86c8 18-6 30-26 36S18 58 0 54z" }),
    svg("path", { class: "map-water", d: "M196 96c-6-22 14-30 18-48S238 14 260 12v84z" }),
    svg("path", { class: "map-road", d: "M-4 74C60 66 92 62 130 60s96 14 134 30" }),
    svg("path", { class: "map-road", d: "M118 -4c6 24 10 44 12 64s2 30-6 44" }),
    svg("path", { class: "map-lane", d: "M20 100C40 70 66 84 92 62M130 60c22-14 34-34 40-64" }),
    svg("path", { class: "map-pin", d: "M130 62c-9-12-15-18-15-26a15 15 0 0 1 30 0c0 8-6 14-15 26z" }),
    svg("circle", { class: "map-dot", cx: "130", cy: "36", r: "5.5" }),
  );
}

/** A place as a map, its name and its address. A location sent by a person has no name: the point itself is shown. */
export function venueCard(venue) {
  const point = `${venue.latitude.toFixed(4)}, ${venue.longitude.toFixed(4)}`;
  return el(
    "div",
    { class: "venue" },
    tile(),
    venue.title ? el("strong", { class: "venue-title" }, el("bdi", {}, venue.title)) : null,
    venue.address ? el("span", { class: "venue-address" }, el("bdi", {}, venue.address)) : null,
    el("span", { class: "venue-point" }, el("bdi", { dir: "ltr" }, point)),
  );
}
