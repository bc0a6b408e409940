// The login of login-redirect.js.
sessionStorage.setItem('session', 'signed in');
location.replace(new URLSearchParams(location.search).get('next'));
