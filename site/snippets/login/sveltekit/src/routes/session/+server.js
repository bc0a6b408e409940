import { env } from '$env/dynamic/private';
import { loginOf } from '$lib/server/login.js';

export const POST = ({ request }) => loginOf(env).session(request);
