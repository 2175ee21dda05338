/**
 * The districts of a draft as one topology: a border that two districts share is one arc, so a vertex moves once for
 * both. A topology is never changed; each act gives a new one, and undoing is going back to the one before.
 *
 * A topology is TopoJSON without quantization: {arcs: [[[lng, lat], …], …], objects: {districts: {geometries:
 * [{type: "MultiPolygon", id: code, properties: {name, borough}, arcs}]}}}, EPSG:4326, outer rings counterclockwise.
 */
import { feature } from "topojson-client";
import { topology as joined } from "topojson-server";

import { signedArea } from "./plane.js";

/** Of GeoJSON features (Polygon or MultiPolygon; properties code, name, borough). */
export function buildTopology(features) {
  const drawn = features.map(({ geometry, properties: { code, name, borough } }) => ({
    type: "Feature",
    id: code,
    properties: { name, borough },
    geometry: { type: "MultiPolygon", coordinates: polygonsOf(geometry).map(wound) },
  }));
  const { arcs, objects } = joined({ districts: { type: "FeatureCollection", features: drawn } });
  return { type: "Topology", arcs, objects };
}

function polygonsOf({ type, coordinates }) {
  return type === "Polygon" ? [coordinates] : coordinates;
}

// Merging needs neighbours that run along a shared arc in opposite ways.
function wound(rings) {
  return rings.map((ring, at) => (signedArea(ring) > 0 === (at === 0) ? ring : ring.toReversed()));
}

export const geometriesOf = (topology) => topology.objects.districts.geometries;

/** The district with this code, or undefined. */
export function districtOf(topology, code) {
  return geometriesOf(topology).find(({ id }) => id === code);
}

/** The GeoJSON feature of a district, or null if the topology has none with this code. */
export function featureOf(topology, code) {
  const district = districtOf(topology, code);
  if (!district) return null;
  const { geometry } = feature(topology, district);
  return { type: "Feature", properties: { code, ...district.properties }, geometry };
}

/** The polygons of a district: rings of closed coordinates. */
export const ringsOf = (topology, code) => featureOf(topology, code).geometry.coordinates;

/** The topology in which the districts by code are these features; null takes one away. */
export function withFeatures(topology, changed) {
  const kept = geometriesOf(topology)
    .filter(({ id }) => !changed.has(id))
    .map(({ id }) => featureOf(topology, id));
  const features = [...kept, ...[...changed.values()].filter(Boolean)];
  return buildTopology(features);
}

/** The topology in which some districts have other names; the arcs are the same. */
export function withProperties(topology, code, properties) {
  const geometries = geometriesOf(topology).map((one) =>
    one.id === code ? { ...one, properties: { ...one.properties, ...properties } } : one,
  );
  return withGeometries(topology, geometries);
}

function withGeometries(topology, geometries) {
  return { ...topology, objects: { districts: { type: "GeometryCollection", geometries } } };
}

const sidesByObjects = new WeakMap();

/** By arc, the codes of the districts that it bounds: two within, one at the outer border or beside a gap. */
export function sidesOf(topology) {
  let sides = sidesByObjects.get(topology.objects);
  if (!sides) {
    sides = topology.arcs.map(() => []);
    for (const { id, arcs } of geometriesOf(topology)) {
      for (const arc of arcs.flat(2)) {
        const codes = sides[arc < 0 ? ~arc : arc];
        if (!codes.includes(id)) codes.push(id);
      }
    }
    sidesByObjects.set(topology.objects, sides);
  }
  return sides;
}

/** Codes of the districts that share an arc with this one. */
export function neighboursOf(topology, code) {
  const sides = sidesOf(topology).filter((codes) => codes.includes(code));
  return [...new Set(sides.flat())].filter((other) => other !== code);
}

/** The arcs of a district, each once, in the order of its rings. */
export function arcsOf(topology, code) {
  const district = districtOf(topology, code);
  return district ? [...new Set(district.arcs.flat(2).map((arc) => (arc < 0 ? ~arc : arc)))] : [];
}
