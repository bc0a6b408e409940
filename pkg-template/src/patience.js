/** How long a file of ours is waited for, in milliseconds: the calls that wait for it have no timeout of their own yet. */
export const PATIENCE = 30_000;
