import assert from "node:assert/strict";
import { test } from "node:test";
import { roughly } from "../../../static/js/lib/rounding.js";

test("a position is told to about a hundred metres", () => {
  assert.equal(roughly({ lat: 51.76523987, lng: 19.4571234 }), "51.765, 19.457");
  assert.equal(roughly({ lat: 51.7, lng: 19.4 }), "51.700, 19.400");
});
