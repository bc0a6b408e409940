// ajv compiles the schema to a function. It only checks and copies nothing, so its result is the caller's own object.
import Ajv from 'ajv';
import { run } from './run.js';

const required = { type: 'string', minLength: 1 };
const optional = { type: 'string', nullable: true };
const object = (properties, ...names) => ({ type: 'object', properties, required: names });
const medium = object({ url: required, title: optional }, 'url');
const message = (msgtype, body) => object({ msgtype: { const: msgtype }, [msgtype]: body }, 'msgtype', msgtype);
const miniprogram = {
  appid: required,
  title: required,
  imgUrl: { type: 'string', pattern: '^https?://' },
  page: required,
  desc: required,
  iconUrl: required,
  officialAccountId: required,
};

const validate = new Ajv({ discriminator: true }).compile({
  type: 'object',
  discriminator: { propertyName: 'msgtype' },
  required: ['msgtype'],
  oneOf: [
    message('text', object({ content: required }, 'content')),
    message('image', medium),
    message('video', medium),
    message('file', medium),
    message('news', object({ link: required, title: optional, desc: optional, imgUrl: optional }, 'link')),
    message('miniprogram', object(miniprogram, ...Object.keys(miniprogram))),
  ],
});

run((value) => (validate(value) ? value : `${validate.errors[0].instancePath} ${validate.errors[0].message}`));
