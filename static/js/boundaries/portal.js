/** The editor's addresses of the portal. */

const JSON_ONLY = { Accept: "application/json" };

/** `urls`: {draft, standing, draw, undo, redo}; `account`: of whoever opened the page. */
export function createPortal({ urls, account }) {
  const portal = { urls, account, token: "" };
  return {
    /** The draft as the portal has it; rejects without it. */
    async load() {
      const answer = await fetch(urls.draft, { headers: JSON_ONLY });
      if (!answer.ok) throw new Error(`draft: ${answer.status}`);
      const draft = await answer.json();
      portal.token = draft.token;
      return draft;
    },
    /** {revision, by, at, others}, or null where the portal cannot be asked. */
    async ask() {
      const answer = await get(urls.standing);
      if (!answer) return null;
      portal.token = answer.token;
      return answer;
    },
    send: (entry, revision) => send(portal, entry, revision),
  };
}

async function get(url) {
  try {
    const answer = await fetch(url, { headers: JSON_ONLY, redirect: "manual" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** What became of one act, as createSession() expects it. */
async function send(portal, entry, revision) {
  const answer = await post(portal, entry, revision);
  if (!answer || answer.status === 429 || answer.status >= 500) return { status: "away" };
  if (answer.type === "opaqueredirect") return { status: "logged-out" };
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return { status: "done", ...body };
  if (body.code === "other_account") return { status: "logged-out" };
  if (body.code === "form_expired") {
    // Somebody logged in anew in another tab; the next try has the token of that.
    const standing = await get(portal.urls.standing);
    if (!standing) return { status: "logged-out" };
    portal.token = standing.token;
    return { status: "away" };
  }
  return { status: body.code === "draft_changed" ? "conflict" : "refused", ...body };
}

async function post({ urls, account, token }, { key, act, districts }, revision) {
  const form = new FormData();
  const fields = { key, account, revision, csrfmiddlewaretoken: token };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (districts) {
    form.append("act", act);
    const file = new Blob([JSON.stringify(districts)], { type: "application/json" });
    form.append("districts", file, "districts.json");
  }
  try {
    return await fetch(districts ? urls.draw : urls[act], {
      method: "POST",
      headers: JSON_ONLY,
      redirect: "manual",
      body: form,
    });
  } catch {
    return null;
  }
}
