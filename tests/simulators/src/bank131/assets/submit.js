// Sends the form of the page; the button is for browsers that run no scripts.
document.getElementById("go").submit();
