// Runs before a page of the playground. `POST /session` is the page's server: it logs a user in with a code. The page is in
// a sandbox without a server, so the console answers in its place.
{
  const { fetch: platformFetch } = window;
  const server = (code) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      parent.postMessage({ type: 'playground', ask: 'login', code }, '*', [port2]);
    });
  window.fetch = async (input, init) => {
    const request = input instanceof Request ? input : null;
    const url = new URL(request?.url ?? input, location.href);
    if (url.host !== location.host || url.pathname !== '/session') return platformFetch(input, init);
    const { code = '' } = JSON.parse(init?.body ?? (await request?.clone().text()) ?? '{}');
    const answer = await server(String(code));
    return new Response(JSON.stringify(answer), { status: answer.ok ? 200 : 401, headers: { 'content-type': 'application/json' } });
  };
}
