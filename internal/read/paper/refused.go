package paper

// Refused says that a file is not read: what it is, and what its owner can do. Both are Chinese, without final stop.
type Refused struct {
	What   string
	Remedy string
	Cause  error // what the machine says of it, when something does
}

// Error is the whole sentence.
func (r *Refused) Error() string { return r.What + "；" + r.Remedy }

// Unwrap is the cause.
func (r *Refused) Unwrap() error { return r.Cause }
