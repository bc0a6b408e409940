import { useEffect, useState } from 'react';
import { type Account, fetchUser, loginAddress } from './login.ts';
import { Problem } from './Problem.tsx';

/** Who is logged in, or where to log in. */
export function User() {
  const [user, setUser] = useState<Account | null>();
  const [problem, setProblem] = useState<Error>();
  const [tries, setTries] = useState(1);
  useEffect(() => {
    let gone = false;
    setProblem(undefined);
    fetchUser().then(
      (found) => !gone && setUser(found),
      (error) => !gone && setProblem(error),
    );
    return () => {
      gone = true;
    };
  }, [tries]);
  if (problem) return <Problem error={problem} onRetry={() => setTries(tries + 1)} />;
  if (user === undefined) return <p id="user">Checking the login…</p>;
  return <p id="user">{user ? `Logged in as ${user.userId}` : <a href={loginAddress()}>Log in</a>}</p>;
}
