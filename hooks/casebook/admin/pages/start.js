// Before Decap CMS, which would otherwise look for a configuration of its own and begin.
window.CMS_MANUAL_INIT = true;
