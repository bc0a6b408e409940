import { loginOf } from '../utils/login.js';

export default defineEventHandler((event) => loginOf(process.env).session(toWebRequest(event)));
