// A hand-written validator: the same rules and a plain copy, without the precise error texts.
import { run } from './run.js';

const isText = (value) => typeof value === 'string' && value !== '';
const isOptional = (value) => value === undefined || value === null || typeof value === 'string';

const medium = ({ url, title }) => {
  if (!isText(url)) return 'url is empty';
  return isOptional(title) ? { url, title } : 'title must be a string';
};

const BODIES = {
  text: ({ content }) => (isText(content) ? { content } : 'text content is empty'),
  image: medium,
  video: medium,
  file: medium,
  news({ link, title, desc, imgUrl }) {
    if (!isText(link)) return 'url is empty';
    if (!isOptional(title) || !isOptional(desc) || !isOptional(imgUrl)) return 'news must have strings';
    return { link, title, desc, imgUrl };
  },
  miniprogram({ appid, title, imgUrl, page, desc, iconUrl, officialAccountId }) {
    if (!isText(appid) || !isText(title) || !isText(imgUrl) || !isText(page)) return 'miniprogram is not complete';
    if (!isText(desc) || !isText(iconUrl) || !isText(officialAccountId)) return 'miniprogram is not complete';
    if (!imgUrl.startsWith('http://') && !imgUrl.startsWith('https://')) return 'imgUrl must start with http';
    return { appid, title, imgUrl, page, desc, iconUrl, officialAccountId };
  },
};

run((value) => {
  const { msgtype } = value;
  if (!Object.hasOwn(BODIES, msgtype)) return 'msgtype is not one of the six';
  const body = value[msgtype];
  if (typeof body !== 'object' || body === null) return `${msgtype} is required`;
  const plain = BODIES[msgtype](body);
  return typeof plain === 'string' ? plain : { msgtype, [msgtype]: plain };
});
