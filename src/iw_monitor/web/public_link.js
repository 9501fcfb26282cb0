/* A public link: its key is taken from behind the # of the address, and sent in the form, before anything else is asked. */
const key = location.hash.slice(1);
if (key) {
  history.replaceState(null, "", location.pathname);
  document.getElementById("key").value = key;
  document.getElementById("open").requestSubmit();
}
