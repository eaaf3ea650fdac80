// Node's `fetch`, sending what is meant for Google to the server that LOCAL_GOOGLE names.

const HOSTS = new Set(['sheets.googleapis.com', 'www.googleapis.com', 'oauth2.googleapis.com', 'docs.google.com']);
const local = new URL(process.env.LOCAL_GOOGLE);
const original = globalThis.fetch;

export async function redirected(input, init) {
  const request = new Request(input, init);
  const url = new URL(request.url);
  if (!HOSTS.has(url.host)) throw new Error(`nothing else is asked for, but: ${url}`);
  url.protocol = local.protocol;
  url.host = local.host;
  const body = ['GET', 'HEAD'].includes(request.method) ? undefined : await request.arrayBuffer();
  return original(url, { method: request.method, headers: request.headers, body, signal: request.signal });
}

globalThis.fetch = redirected;
