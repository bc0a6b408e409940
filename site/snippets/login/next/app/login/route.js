import { loginOf } from '../../login.js';

export const GET = (request) => loginOf(process.env).login(request);
