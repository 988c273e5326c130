//! A server that answers AWS clients with prepared answers, in order, and keeps what it was asked.

use bellhop_runtime::aws::{Clients, Limits};
use bellhop_runtime::config::{AwsConfig, Config};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Status and body of one answer.
pub type Prepared = (u16, Value);

/// The server; it ends with the test.
pub struct AwsServer {
    pub port: u16,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl AwsServer {
    /// Gives `answers` in order, and the last one again and again.
    pub async fn start(answers: Vec<Prepared>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        tokio::spawn(async move {
            let answers = Arc::new(answers);
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&answers), Arc::clone(&kept)));
            }
        });
        Self { port, asked }
    }

    /// Bodies of the requests so far.
    pub fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }

    /// Clients that speak to this server.
    pub fn clients(&self) -> Clients {
        Clients::new(&aws(self.port), Limits::within(Duration::from_secs(10))).unwrap()
    }
}

/// A configuration of the local stack with both endpoints at `port`.
pub fn local_config(port: u16, more: &[(&str, &str)]) -> Config {
    let lookup = |name: &str| match name {
        "AWS_ENDPOINT_URL_DYNAMODB" | "AWS_ENDPOINT_URL_SQS" => Some(format!("http://127.0.0.1:{port}")),
        "BELLHOP_PUBLIC_URL" => Some("http://127.0.0.1:9000".to_owned()),
        "BELLHOP_SECRETS_PREFIX" => Some("p/".to_owned()),
        "BELLHOP_LOG" => None,
        _ if name.ends_with("_FILE") => {
            let given = more.iter().find(|(known, _)| *known == name);
            given.map(|(_, value)| (*value).to_owned())
        }
        _ => Some("x".to_owned()),
    };
    Config::read(&lookup).unwrap()
}

/// What clients of the local stack are made from.
pub fn aws(port: u16) -> AwsConfig {
    local_config(port, &[]).aws
}

async fn serve(stream: TcpStream, answers: Arc<Vec<Prepared>>, asked: Arc<Mutex<Vec<Value>>>) {
    let mut stream = BufReader::new(stream);
    while let Some(body) = request(&mut stream).await {
        let count = {
            let mut asked = asked.lock().unwrap();
            asked.push(serde_json::from_slice(&body).unwrap());
            asked.len()
        };
        let (status, answer) = &answers[(count - 1).min(answers.len() - 1)];
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {}\r\n\r\n",
            answer.len()
        );
        let written = stream.write_all((head + &answer).as_bytes()).await;
        if written.is_err() {
            return;
        }
    }
}

/// The body of the next request; `None` when the client is gone.
async fn request(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let line = line.trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(body)
}
