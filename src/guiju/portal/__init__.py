"""The portal: the unified platform (mail4:81.1.4) as a Django site. One folder for each part; docs/portal.md."""
