export interface Account {
  userId: string;
}

/** The user who is logged in; null if nobody is. */
export async function fetchUser(): Promise<Account | null> {
  const response = await fetch('/api/user');
  if (response.status === 401) return null;
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

/** Where a login begins. It ends at this page again, with the query by which the page knows that it is in the sidebar. */
export const loginAddress = () => `/api/login?to=${encodeURIComponent(location.pathname + location.search)}`;
