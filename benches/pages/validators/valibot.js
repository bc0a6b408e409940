import * as v from 'valibot';
import { run } from './run.js';

const required = v.pipe(v.string(), v.nonEmpty());
const optional = v.nullish(v.string());
const medium = v.object({ url: required, title: optional });
const message = v.variant('msgtype', [
  v.object({ msgtype: v.literal('text'), text: v.object({ content: required }) }),
  v.object({ msgtype: v.literal('image'), image: medium }),
  v.object({ msgtype: v.literal('video'), video: medium }),
  v.object({ msgtype: v.literal('file'), file: medium }),
  v.object({
    msgtype: v.literal('news'),
    news: v.object({ link: required, title: optional, desc: optional, imgUrl: optional }),
  }),
  v.object({
    msgtype: v.literal('miniprogram'),
    miniprogram: v.object({
      appid: required,
      title: required,
      imgUrl: v.pipe(v.string(), v.regex(/^https?:\/\//)),
      page: required,
      desc: required,
      iconUrl: required,
      officialAccountId: required,
    }),
  }),
]);

run((value) => {
  const { success, output, issues } = v.safeParse(message, value);
  return success ? output : issues[0].message;
});
