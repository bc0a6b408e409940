/** Compiles only where the two types are the same. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export function expectType<Expected>() {
  return <Actual extends Expected>(_value: Actual, ..._same: Equal<Actual, Expected> extends true ? [] : ['another type']) => {};
}
