// What the files of the package share, to read and define members of the page's objects.
export * from 'juzi:members';
