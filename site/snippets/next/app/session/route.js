import { oauth } from 'juzi-helper-wasm';

/** The page posts the code of `sidebarAuth`. The server redeems it, because a code reveals who the user is. */
export async function POST(request) {
  // Other websites can send requests with the cookies of this one.
  if (request.headers.get('origin') !== process.env.ORIGIN) return Response.json({ error: 'wrong_origin' }, { status: 403 });
  const { code } = await request.json();
  try {
    const user = await oauth.getUserInfo(code, { base: process.env.JUZI_HUB });
    return Response.json({ userId: user.userId }, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    if (!(error instanceof oauth.OAuthError)) throw error;
    return Response.json({ error: error.code }, { status: 401, headers: { 'cache-control': 'no-store' } });
  }
}
