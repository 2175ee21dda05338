/**
 * How the base map looks: rules for protomaps-leaflet over the layers of Protomaps' schema. Colours
 * come from the tokens of the page: `token("water")` is --base-water.
 */
import {
  CenteredTextSymbolizer,
  CircleSymbolizer,
  exp,
  GroupSymbolizer,
  LineLabelSymbolizer,
  LineSymbolizer,
  OffsetTextSymbolizer,
  PolygonSymbolizer,
} from "protomaps-leaflet";

const [POINT, LINE, POLYGON] = [1, 2, 3];
const NAMES = ["name:pl", "name"];
const WOODS = ["forest", "wood", "nature_reserve", "scrub"];
const GREENS = [
  ...["park", "garden", "grass", "grassland", "meadow", "village_green", "recreation_ground"],
  ...["cemetery", "allotments", "playground", "pitch", "golf_course", "orchard", "national_park"],
];
const GROUNDS = [
  ...["school", "kindergarten", "university", "college", "hospital", "industrial", "railway"],
  ...["commercial", "retail", "pedestrian", "parking", "stadium"],
];

// Widths in pixels by zoom: streets grow with the map, so that houses keep their distance.
const HIGHWAY = exp(1.6, [
  [9, 1.2],
  [12, 2.4],
  [15, 7],
  [19, 34],
]);
const MAJOR = exp(1.6, [
  [10, 0.8],
  [12, 2],
  [15, 6],
  [19, 30],
]);
const MINOR = exp(1.6, [
  [12, 0.4],
  [14, 1.8],
  [15, 3.4],
  [19, 22],
]);
const SERVICE = exp(1.6, [
  [14, 0.5],
  [16, 2],
  [19, 10],
]);
const PATH = exp(1.4, [
  [14, 0.6],
  [17, 1.4],
  [19, 2.4],
]);
const RAIL = exp(1.4, [
  [10, 0.6],
  [15, 1.2],
  [19, 3],
]);

const is = (...kinds) => {
  const wanted = new Set(kinds);
  return (_zoom, { props }) => wanted.has(props.kind);
};
const both = (one, other) => (zoom, feature) => one(zoom, feature) && other(zoom, feature);
const isArea = (_zoom, { geomType }) => geomType === POLYGON;
const isLine = (_zoom, { geomType }) => geomType === LINE;
const isPoint = (_zoom, { geomType }) => geomType === POINT;
const isService = ({ props }) => props.kind_detail === "service" || Boolean(props.service);
const isPedestrian = ({ props }) => props.kind_detail === "pedestrian";
const isMinor = (_zoom, feature) =>
  isPedestrian(feature) || (feature.props.kind === "minor_road" && !isService(feature));
const isDrive = (_zoom, feature) => feature.props.kind === "minor_road" && isService(feature);
const isPath = (_zoom, feature) => feature.props.kind === "path" && !isPedestrian(feature);
const isTram = ({ props }) => ["tram", "light_rail", "subway"].includes(props.kind_detail);
const isHidden = ({ props }) => Boolean(props.is_tunnel);

/** Areas and lines, the lowest first. */
export function paintRules(token) {
  const area = (dataLayer, colour, filter) => ({
    dataLayer,
    filter,
    symbolizer: new PolygonSymbolizer({ fill: token(colour) }),
  });
  const road = (width, filter, edge, fill, minzoom) => ({
    edge: line("roads", token(edge), (zoom) => width(zoom) + 2, filter, minzoom),
    fill: line("roads", token(fill), width, filter, minzoom),
  });
  const roads = [
    road(SERVICE, isDrive, "road-edge", "road", 15),
    road(MINOR, isMinor, "road-edge", "road", 12),
    road(MAJOR, is("major_road"), "major-edge", "major", 9),
    road(HIGHWAY, is("highway"), "major-edge", "major", 7),
  ];
  return [
    area("earth", "earth"),
    area("landcover", "wood", is("forest", "wood")),
    area("landuse", "grounds", is(...GROUNDS)),
    area("landuse", "green", is(...GREENS)),
    area("landuse", "wood", is(...WOODS)),
    area("water", "water", isArea),
    ...waterLines(token),
    buildings(token),
    {
      ...line("roads", token("path"), PATH, isPath, 15),
      symbolizer: new LineSymbolizer({
        dash: [4, 2.5],
        dashColor: token("path"),
        dashWidth: PATH,
        color: token("path"),
        width: PATH,
        perFeature: true,
      }),
    },
    // All edges lie below all fills, so that crossings are open.
    ...roads.map(({ edge }) => edge),
    ...roads.map(({ fill }) => fill),
    line(
      "roads",
      token("rail"),
      RAIL,
      visible((f) => f.props.kind === "rail" && !isTram(f)),
      11,
    ),
    line(
      "roads",
      token("tram"),
      RAIL,
      visible((f) => f.props.kind === "rail" && isTram(f)),
      13,
    ),
  ];
}

/** Names and numbers: what comes first keeps its place. */
export function labelRules(token, font) {
  const text = (size, weight = 400) => `${weight} ${size}px ${font}`;
  const halo = { stroke: token("halo"), labelProps: NAMES };
  const street = (filter, minzoom, weight) => ({
    dataLayer: "roads",
    minzoom,
    filter: both(filter, (_zoom, feature) => !isHidden(feature)),
    symbolizer: new LineLabelSymbolizer({
      ...halo,
      width: 4,
      fill: token("ink"),
      font: (zoom) => text(zoom < 16 ? 12 : 13, weight),
      position: 2,
      repeatDistance: 300,
    }),
  });
  const inside = (dataLayer, colour, filter, minzoom, size) => ({
    dataLayer,
    minzoom,
    filter,
    symbolizer: new CenteredTextSymbolizer({
      ...halo,
      width: 2,
      fill: token(colour),
      font: text(size),
      lineHeight: 1.4,
      maxLineChars: 16,
    }),
  });
  return [
    ...stops(token, halo, text),
    street(is("highway", "major_road"), 14, 600),
    street(isMinor, 15, 500),
    street(isDrive, 17, 400),
    inside("pois", "ink-green", is(...GREENS, ...WOODS), 15, 12),
    inside("water", "ink-water", isPoint, 15, 12),
    {
      ...inside("buildings", "ink-soft", is("address"), 17, 11),
      symbolizer: new CenteredTextSymbolizer({
        ...halo,
        labelProps: ["addr_housenumber"],
        width: 1.5,
        fill: token("ink-soft"),
        font: (zoom) => text(zoom < 18 ? 11 : 12),
      }),
    },
  ];
}

function line(dataLayer, color, width, filter, minzoom) {
  const symbolizer = new LineSymbolizer({ color, width, lineCap: "round", lineJoin: "round" });
  return { dataLayer, filter, minzoom, symbolizer };
}

function visible(filter) {
  return (_zoom, feature) => filter(feature) && !isHidden(feature);
}

function waterLines(token) {
  const wide = exp(1.6, [
    [10, 0.8],
    [15, 3],
    [19, 14],
  ]);
  const narrow = exp(1.6, [
    [13, 0.6],
    [19, 4],
  ]);
  return [
    line("water", token("water"), wide, both(isLine, is("river", "canal")), 9),
    line("water", token("water"), narrow, both(isLine, is("stream", "ditch", "drain")), 14),
  ];
}

function buildings(token) {
  return {
    dataLayer: "buildings",
    minzoom: 14,
    filter: isArea,
    symbolizer: new PolygonSymbolizer({
      fill: token("building"),
      stroke: token("building-edge"),
      width: (zoom) => (zoom < 16 ? 0 : 1),
    }),
  };
}

// A dot first, and its name once there is room.
function stops(token, halo, text) {
  const ink = token("ink-stop");
  const dot = (radius) =>
    new CircleSymbolizer({ radius, fill: token("halo"), stroke: ink, width: 2 });
  const name = new OffsetTextSymbolizer({
    ...{ ...halo, width: 2, fill: ink, font: text(12, 500) },
    ...{ offsetX: 7, offsetY: 5, maxLineChars: 18, lineHeight: 1.35 },
  });
  const stop = (kind, minzoom, named, radius) => {
    const shared = { dataLayer: "pois", filter: is(kind) };
    const symbolizer = new GroupSymbolizer([dot(radius), name]);
    return [
      { ...shared, minzoom, maxzoom: named - 1, symbolizer: dot(radius) },
      { ...shared, minzoom: named, symbolizer },
    ];
  };
  return [
    ...stop("station", 12, 13, 4),
    ...stop("tram_stop", 15, 16, 3),
    ...stop("bus_stop", 16, 17, 2.5),
  ];
}
