package main

func contactSheets(d *document, out string, dpi int) error { return nil }
