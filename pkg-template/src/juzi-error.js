// The export `JuziError`. A file of its own in the package, so that a page that imports this alone has nothing else of the helper.
import { IS_ERROR, JuziError } from 'juzi:juzi-error';
import { define } from 'juzi:members';

export { JuziError, failure } from 'juzi:juzi-error';

// An error of any copy is an instance, whether it comes from the ESM or CommonJS build, another bundle, or the script tag.
define(JuziError, Symbol.hasInstance, {
  value(error) {
    return this === JuziError ? error?.[IS_ERROR] === true : Function.prototype[Symbol.hasInstance].call(this, error);
  },
  enumerable: false,
});
