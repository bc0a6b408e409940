//! Every test in a browser. One binary, so that they share one browser per engine; a module per area.

mod abuse;
mod accessible;
mod acting;
mod arrivals;
mod blocked;
mod calls;
mod check;
mod closed;
mod conversations;
mod detection;
mod disguise;
mod endings;
mod faults;
mod forgery;
mod frozen;
mod hostile;
mod inspector;
mod leaks;
mod loaders;
mod login;
mod markup;
mod messages;
mod micro_frontends;
mod origins;
mod parameters;
mod people;
mod playground;
mod pollution;
mod preview;
mod recording;
mod rust_pages;
mod script_tag;
mod sdks;
mod starting;
mod street;
mod user_agent;
mod wecom_flows;
mod wecom_sdks;
mod workbench;

fn main() -> std::process::ExitCode {
    let cases = [
        calls::cases(),
        messages::cases(),
        preview::cases(),
        conversations::cases(),
        faults::cases(),
        login::cases(),
        rust_pages::cases(),
        script_tag::cases(),
        sdks::cases(),
        origins::cases(),
        blocked::cases(),
        forgery::cases(),
        hostile::cases(),
        parameters::cases(),
        markup::cases(),
        closed::cases(),
        arrivals::cases(),
        loaders::cases(),
        micro_frontends::cases(),
        endings::cases(),
        pollution::cases(),
        frozen::cases(),
        starting::cases(),
        recording::cases(),
        detection::cases(),
        disguise::cases(),
        user_agent::cases(),
        abuse::cases(),
        leaks::cases(),
        wecom_sdks::cases(),
        wecom_flows::cases(),
        street::cases(),
    ];
    // These tests are about the console. None depends on WebAssembly in the helper, and some do not depend on the browser.
    let of_the_console = [
        inspector::cases(),
        acting::cases(),
        workbench::cases(),
        accessible::cases(),
        check::cases(),
        playground::cases(),
    ];
    let mut all: Vec<_> = cases.into_iter().flatten().collect();
    if !juzi_e2e::without_wasm() {
        all.extend(of_the_console.into_iter().flatten());
    }
    juzi_e2e::run(all)
}
