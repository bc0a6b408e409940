import { Customer } from './customer';

export default function Page() {
  return <Customer />;
}
