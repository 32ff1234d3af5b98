//! Arguments in, a command run, an exit status out.

fn main() -> std::process::ExitCode {
    ccrov::cli::run()
}
