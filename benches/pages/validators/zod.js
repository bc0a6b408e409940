import * as z from 'zod';
import { run } from './run.js';

const required = z.string().min(1);
const optional = z.string().nullish();
const medium = z.object({ url: required, title: optional });
const message = z.discriminatedUnion('msgtype', [
  z.object({ msgtype: z.literal('text'), text: z.object({ content: required }) }),
  z.object({ msgtype: z.literal('image'), image: medium }),
  z.object({ msgtype: z.literal('video'), video: medium }),
  z.object({ msgtype: z.literal('file'), file: medium }),
  z.object({
    msgtype: z.literal('news'),
    news: z.object({ link: required, title: optional, desc: optional, imgUrl: optional }),
  }),
  z.object({
    msgtype: z.literal('miniprogram'),
    miniprogram: z.object({
      appid: required,
      title: required,
      imgUrl: z.string().regex(/^https?:\/\//),
      page: required,
      desc: required,
      iconUrl: required,
      officialAccountId: required,
    }),
  }),
]);

run((value) => {
  const { success, data, error } = message.safeParse(value);
  return success ? data : error.issues[0].message;
});
