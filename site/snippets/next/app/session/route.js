import { oauth } from 'juzi-helper-wasm';

/** The page posts the code of `sidebarAuth`. The server redeems it, because a code reveals who the user is. */
export async function POST(request) {
  const { code } = await request.json();
  try {
    const user = await oauth.getUserInfo(code, { base: process.env.JUZI_HUB });
    return Response.json({ userId: user.userId });
  } catch (error) {
    if (!(error instanceof oauth.OAuthError)) throw error;
    return Response.json({ error: error.code }, { status: 401 });
  }
}
