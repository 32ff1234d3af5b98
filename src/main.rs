//! Arguments in, a command run, an exit status out.

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    ccrov::cli::run()
}
