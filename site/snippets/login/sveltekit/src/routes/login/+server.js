import { env } from '$env/dynamic/private';
import { loginOf } from '$lib/server/login.js';

export const GET = ({ request }) => loginOf(env).login(request);
