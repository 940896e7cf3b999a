//! The binary of hubsim: calls the command line of the library.

fn main() -> std::process::ExitCode {
    hubsim::cli::main()
}
