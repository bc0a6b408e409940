import { loginOf } from '../../login.js';

export const POST = (request) => loginOf(process.env).session(request);
