//! The command line of hubsim; all of it is in the library.

fn main() -> std::process::ExitCode {
    hubsim::cli::main()
}
