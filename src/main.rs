//! Arguments in, a command run, an exit status out.

fn main() {}
