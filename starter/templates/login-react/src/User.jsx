import { useEffect, useState } from 'react';
import { fetchUser, loginAddress } from './login.js';

/** Who is logged in, or where to log in. */
export function User() {
  const [user, setUser] = useState();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let gone = false;
    fetchUser().then(
      (found) => !gone && setUser(found),
      (error) => !gone && setProblem(error.message),
    );
    return () => {
      gone = true;
    };
  }, []);
  if (problem) return <p role="alert">{problem}</p>;
  if (user === undefined) return null;
  return <p id="user">{user ? `Logged in as ${user.userId}` : <a href={loginAddress()}>Log in</a>}</p>;
}
