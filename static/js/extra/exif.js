/** Where and when a photo was taken, read on the device only. Loaded when a photo is chosen. */
import { parse } from "exifr/dist/lite.esm.mjs";

const WANTED = { exif: ["DateTimeOriginal"], gps: true, ifd0: { pick: [] } };

/** {lat, lng, accuracy, time}: each null where the photo does not say. */
export async function originOf(file) {
  const told = (await parse(file, WANTED).catch(() => null)) ?? {};
  const known = Number.isFinite(told.latitude) && Number.isFinite(told.longitude);
  return {
    lat: known ? told.latitude : null,
    lng: known ? told.longitude : null,
    accuracy: told.GPSHPositioningError ?? null,
    time: told.DateTimeOriginal instanceof Date ? told.DateTimeOriginal : null,
  };
}
