// Reads vector tiles (base64, a JSON list) from the standard input and writes their features as JSON:
// for each tile a list of {x, y, …properties}, in units of the tile.
import { readFileSync } from "node:fs";
import { VectorTile } from "@mapbox/vector-tile";
import Protobuf from "pbf";

const decode = (text) => {
  const layers = new VectorTile(new Protobuf(Buffer.from(text, "base64"))).layers;
  return Object.values(layers).flatMap((layer) =>
    Array.from({ length: layer.length }, (_, number) => {
      const feature = layer.feature(number);
      const [[{ x, y }]] = feature.loadGeometry();
      return { layer: layer.name, extent: layer.extent, x, y, ...feature.properties };
    }),
  );
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(decode)));
