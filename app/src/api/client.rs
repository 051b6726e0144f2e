//! How the browser calls server functions: as Leptos does, but each answer is asked under which policy and by which
//! build it was given.
use futures::{Sink, Stream};
use leptos::server_fn::{
    Bytes,
    client::{Client, browser::BrowserClient},
    error::FromServerFnError,
    request::browser::BrowserRequest,
    response::browser::BrowserResponse,
};

/// The client of every server function.
#[derive(Debug)]
pub struct AppClient;

impl<E, I, O> Client<E, I, O> for AppClient
where
    E: FromServerFnError,
    I: FromServerFnError,
    O: FromServerFnError,
{
    type Request = BrowserRequest;
    type Response = BrowserResponse;

    fn send(request: BrowserRequest) -> impl Future<Output = Result<BrowserResponse, E>> + Send {
        let answer = <BrowserClient as Client<E, I, O>>::send(request);
        async move {
            let answer = answer.await?;
            note(&answer);
            Ok(answer)
        }
    }

    fn open_websocket(
        path: &str,
    ) -> impl Future<
        Output = Result<
            (impl Stream<Item = Result<Bytes, Bytes>> + Send + 'static, impl Sink<Bytes> + Send + 'static),
            E,
        >,
    > + Send {
        <BrowserClient as Client<E, I, O>>::open_websocket(path)
    }

    fn spawn(future: impl Future<Output = ()> + Send + 'static) {
        <BrowserClient as Client<E, I, O>>::spawn(future);
    }
}

#[cfg(feature = "hydrate")]
fn note(answer: &BrowserResponse) {
    let headers = answer.generate_headers();
    crate::navigation::answered(|name| Some(headers.get(name)?.to_str().ok()?.to_owned()));
}

/// On the server functions are called where they are.
#[cfg(not(feature = "hydrate"))]
const fn note(_: &BrowserResponse) {}
