/** The portal as scripts see it through fetch: reports and photos that it was sent, and refusals. */

const PART_LIMIT = 1024 * 1024;
const json = (status, body) => Response.json(body, { status });

/**
 * Stands for the portal from now on. `answers` are those to reports, in order; with none left each
 * report is taken. `reports` are the bodies sent, `photos` the bytes there by address, `requests` all
 * requests as "METHOD path". `before(request)` may throw (no network) or answer in the portal's place.
 */
export function startPortal() {
  const portal = {
    answers: [],
    reports: [],
    photos: new Map(),
    requests: [],
    before: () => undefined,
  };
  globalThis.fetch = async (url, options = {}) => {
    const request = { url, method: "GET", ...options };
    portal.requests.push(`${request.method} ${url}`);
    const answer = portal.before(request);
    if (answer) return answer;
    if (url === "/api/v1/reports/") return takeReport(portal, request);
    if (url === "/api/v1/uploads/") return beginUpload(portal, request);
    return portal.photos.has(url) ? continueUpload(portal, request) : json(404, {});
  };
  return portal;
}

function takeReport({ answers, reports }, { body }) {
  reports.push(JSON.parse(body));
  return answers.shift() ?? json(201, { reference: `7K3M-94QX-${reports.length}` });
}

function beginUpload({ photos }, { headers }) {
  const address = `/api/v1/uploads/photo-${photos.size + 1}/`;
  photos.set(address, { size: Number(headers["Upload-Length"]), parts: [] });
  return new Response(null, { status: 201, headers: { Location: address } });
}

async function continueUpload({ photos }, { url, method, headers, body }) {
  const photo = photos.get(url);
  const offset = () => String(photo.parts.reduce((sum, part) => sum + part.length, 0));
  if (method === "PATCH") {
    if (headers["Upload-Offset"] !== offset()) return new Response(null, { status: 409 });
    const part = await body.text();
    if (part.length > PART_LIMIT) return json(413, { detail: "Za duża część." });
    photo.parts.push(part);
  }
  return new Response(null, { status: 204, headers: { "Upload-Offset": offset() } });
}
