/** What went wrong, and a button for another try. */
export function Problem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <p role="alert">
      {error.message} <button onClick={onRetry}>Try again</button>
    </p>
  );
}
